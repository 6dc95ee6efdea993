"""Descriptions of APIs from files that nobody vouches for: read within limits, put into one document, never fetched."""
