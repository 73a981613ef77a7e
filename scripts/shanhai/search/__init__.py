"""The search index: any run of characters of any text is found, over http and from a disk alike.

`docs/search-format.md` says what the files hold; the scripts in `site_overrides/assets/shanhai/search/` read them.
"""
