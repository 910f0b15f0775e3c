"""The pages as people meet them: in Chromium, on a desk and on a phone."""
