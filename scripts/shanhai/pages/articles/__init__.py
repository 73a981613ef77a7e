"""The page of an article and what hangs on it: evidence, doubt, apparatus, citation, metadata."""
