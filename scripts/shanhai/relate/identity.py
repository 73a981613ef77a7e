"""The id of an article, and where its page stands: both stay the same when other articles come and go."""

from __future__ import annotations

import hashlib
import re

DIGEST_CHARS = 10
UNDATED = "undated"

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\dX])", re.ASCII)
_ID = re.compile(rf"(?:(\d{{4}})((?:\d\d){{0,2}})|{UNDATED})-([0-9a-f]{{{DIGEST_CHARS}}})", re.ASCII)


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
