"""Problems of files and of what stands in them."""
