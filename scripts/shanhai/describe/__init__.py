"""Clean text gets its headline, date, byline, source and structure."""
