"""Words of pages and pictures, in English and in Simplified Chinese."""
