"""Long work in the background, with progress that its owner can watch."""
