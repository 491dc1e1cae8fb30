"""Bodies that are not JSON: files that are sent, fetched and written."""
