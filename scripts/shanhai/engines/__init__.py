"""How work is spread: the only modules that know."""
