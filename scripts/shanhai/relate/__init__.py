"""All articles together: reprints, related articles, views by place, theme and year."""
