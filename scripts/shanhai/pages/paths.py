"""The one place where dates, names and titles become paths and addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata

DIGEST_CHARS = 10
SLUG_MAX_CHARS = 60
UNDATED = "undated"

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\dX])", re.ASCII)
_ID = re.compile(rf"(?:(\d{{4}})((?:\d\d){{0,2}})|{UNDATED})-([0-9a-f]{{{DIGEST_CHARS}}})", re.ASCII)
_NO_WORD = re.compile(r"[^a-z0-9]+")
# Names that Windows keeps for devices, with or without an extension (Naming Files, Paths, and Namespaces).
_RESERVED = re.compile(r"con|prn|aux|nul|conin|conout|com\d|lpt\d")


def article_id(date_edtf: str, raw_text: str, item: int = 0) -> str:
    """The article's id, "20190311-3f9a2c1b4d", from its date as far as it is known and its raw text.

    A date to the month gives "201903-…", to the year "2019-…", none "undated-…". The ten hexadecimal digits are of the
    SHA-256 of the raw text with every run of white space as one blank, so that another mirror's line breaks count
    for nothing. `item`: the number of a digest's item, whose raw text is the whole digest.
    """
    match = _DATE.match(date_edtf)
    date = "".join(part for part in match.groups() if part) if match else UNDATED
    folded = " ".join(raw_text.split()) + (f" #{item}" if item else "")
    return f"{date}-{hashlib.sha256(folded.encode('utf-8', 'surrogatepass')).hexdigest()[:DIGEST_CHARS]}"


def article_path(identifier: str) -> str:
    """The folder of the article's page below the site's root: "articles/2019/0311-3f9a2c1b4d".

    Without month and day "articles/2019/3f9a2c1b4d", without a date "articles/undated/3f9a2c1b4d". Raises `ValueError`
    for what is no id of `article_id`.
    """
    match = _ID.fullmatch(identifier)
    if not match:
        raise ValueError(f"{identifier!r} is no article id; ids come from article_id()")
    year, month_and_day, digest = match.groups()
    return "/".join(["articles", year or UNDATED, "-".join(part for part in (month_and_day, digest) if part)])


def slug(text: str, fallback: str) -> str:
    """A name for a file or an anchor: lower-case ASCII letters, digits and single hyphens, 1 to 60 characters.

    A text with letters that ASCII does not have (all Chinese) gives the fallback's slug instead: half of a name would
    name something else. If that is no better, the name is "page". Different texts may give the same slug.
    """
    for candidate in (text, fallback):
        name = _ascii_name(candidate)
        if name:
            return f"{name}-page" if _RESERVED.fullmatch(name) else name
    return "page"


def _ascii_name(text: str) -> str:
    """The text's words joined by hyphens, or "" if any of its letters has no ASCII form."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    if any(c.isalnum() and not c.isascii() for c in plain):
        return ""
    return _NO_WORD.sub("-", plain).strip("-")[:SLUG_MAX_CHARS].rstrip("-")
