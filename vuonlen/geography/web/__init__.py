"""The face: pages, forms, addresses. Private to the capability."""
