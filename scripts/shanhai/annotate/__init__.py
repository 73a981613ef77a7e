"""Places, themes, pairs, practices and figures are found, each with its evidence."""
