"""Files become `RawArticle` records: one module a format."""
