"""Pictures and charts: each a drawing that carries its own table, in a frame with caption and CSV."""
