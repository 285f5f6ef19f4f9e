"""A year as one file that can be read without this system: documents, data with schemas, the trail, checksums."""
