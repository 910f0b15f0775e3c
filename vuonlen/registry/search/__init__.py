"""Finding households: words without tones, filters, pages by key, exports."""
