"""Shanhai: from a folder of dirty Chinese news articles to an archive whose every claim can be checked."""

__version__ = "0.1.0"
