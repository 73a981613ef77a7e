"""Views become Markdown, SVG and data files."""
