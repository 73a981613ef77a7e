"""The date of an article: what is known, to which precision, and where it was read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

import msgspec

from shanhai.describe.names import names_in
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import FIRST_YEAR, LAST_YEAR, Stamp, first_stamp, given_stamp, valid
from shanhai.describe.vocabulary import any_of, publication_names, publications, vocabulary
from shanhai.records import DateOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable

DATELINE_WINDOW_CHARS = 120
_URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.\-]|$)"
    r"|[/_\-t](?P<packed>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[/_.\-]|$)"
    r"|/(?P<onlyyear>(?:19|20)\d\d)[-/_]?(?P<onlymonth>0[1-9]|1[0-2])/"
    r"|/(?P<bareyear>(?:19|20)\d\d)/"
)
_FILE_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=sep)(?P<day>0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
)
_YEAR_GLOSS = re.compile(r"今年[\uff08(]((?:19|20)\d\d)年?[\uff09)]")
_LAST_YEAR_GLOSS = re.compile(r"去年[\uff08(]((?:19|20)\d\d)年?[\uff09)]")


class Dateline(msgspec.Struct, frozen=True):
    """The opening of a news story: 新华社北京6月8日电(记者 某某). `stamp.year` is 0 unless it is written."""

    stamp: Stamp | None
    source: str | None
    authors: tuple[str, ...]


class ArticleDate(msgspec.Struct, frozen=True):
    """What is known of the date; `day` is the whole date or `None`."""

    day: str | None = None
    edtf: str = ""
    origin: DateOrigin | None = None


def find_date(
    given: str | None, lines: Iterable[Stamp], dateline: Dateline | None, url: str | None, file: str
) -> ArticleDate:
    """The date by the first of these that says one: metadata, the page's date lines, dateline, address, file name.

    A later one that says the same more exactly is taken: a year from the journal's issue, the day from the address.
    """
    stamp = given_stamp(given) if given else None
    found: list[tuple[Stamp, str]] = [(stamp, "given")] if stamp else []
    found += [(line, "dateline") for line in lines]
    opening = dateline.stamp if dateline else None
    if opening and opening.year:
        found.append((opening, "dateline"))
    found += [(one, origin) for one, origin in ((_in_url(url or ""), "url"), (_in_file_name(file), "file")) if one]
    if not found:
        return ArticleDate()
    best, origin = found[0]
    for one, its_origin in found[1:]:
        if len(one.edtf) > len(best.edtf) and one.edtf.startswith(best.edtf):
            best, origin = one, its_origin
    if opening and not opening.year and not best.day and best.month in {0, opening.month}:
        whole = Stamp(best.year, opening.month, opening.day)
        best, origin = (whole, "dateline") if valid(whole) else (best, origin)
    return ArticleDate(best.edtf if best.whole else None, best.edtf, cast("DateOrigin", origin))


def inferred_year(text: str) -> ArticleDate:
    """The year of reporting where the text states it beyond doubt, never a day: 今年(2020年), 成立100周年 with 今年."""
    years = {int(year) for year in _YEAR_GLOSS.findall(text)} | {
        int(year) + 1 for year in _LAST_YEAR_GLOSS.findall(text)
    }
    if not years:
        years = {year for name, year in vocabulary().years_named.items() if name in text}
    if not years and "周年" in text:
        years = {
            vocabulary().anniversaries[event] + int(count)
            for event, count in _anniversaries().findall(text)
            if 0 < int(count) < 200
        }
    if len(years) != 1 or not FIRST_YEAR <= (year := years.pop()) <= LAST_YEAR or _speaks_of_later(text, year):
        return ArticleDate()
    return ArticleDate(None, str(year), "inferred")


def read_dateline(lead: str) -> Dateline | None:
    """The dateline that a first paragraph opens with, or `None`."""
    match = _dateline().match(lead[:DATELINE_WINDOW_CHARS])
    if match is None or not (match["wire"] or match["credit"] or match["plain"]):
        return None
    said = match["credit"] or match["plain"]
    authors = names_in(said) if said else None
    listed = match["outlet"] and not match["site"]
    if not (listed or (authors and (match["wire"] or not match["outlet"]))):
        return None
    stamp = None
    if match["day"] and match["month"]:
        stamp = Stamp(int(match["year"] or 0), int(match["month"]), int(match["day"]))
        stamp = stamp if valid(Stamp(stamp.year or 2000, stamp.month, stamp.day)) else None
    return Dateline(stamp, source_name(match["outlet"] or ""), authors or ())


def _in_url(url: str) -> Stamp | None:
    for match in _URL_DATE.finditer(url.partition("?")[0]):
        if packed := match["packed"]:
            stamp = Stamp(int(packed[:4]), int(packed[4:6]), int(packed[6:]))
        elif match["year"]:
            stamp = Stamp(int(match["year"]), int(match["month"]), int(match["day"]))
        elif match["onlyyear"]:
            later = first_packed(url)
            stamp = later or Stamp(int(match["onlyyear"]), int(match["onlymonth"]))
        else:
            stamp = Stamp(int(match["bareyear"]))
        if valid(stamp):
            return stamp
    return None


def first_packed(url: str) -> Stamp | None:
    """The day in the last part of an address such as /202003/t20200311_12.html."""
    match = re.search(r"[/_\-t]((?:19|20)\d{6})(?=[/_.\-]|$)", url)
    return first_stamp(match[1]) if match else None


def _in_file_name(file: str) -> Stamp | None:
    for match in _FILE_DATE.finditer(file.rpartition("/")[2]):
        stamp = Stamp(int(match["year"]), int(match["month"]), int(match["day"]))
        if valid(stamp):
            return stamp
    return None


def _speaks_of_later(text: str, year: int) -> bool:
    """Whether the text names a day of a later year: then its statement about the year is somebody's quotation."""
    return any(
        f"{later}年" in text and re.search(rf"{later}年\d{{1,2}}月\d{{1,2}}日", text) for later in (year + 1, year + 2)
    )


@cache
def _anniversaries() -> re.Pattern[str]:
    return re.compile(
        rf"今年(?:是|恰逢|正值|适逢|迎来)[^。\uff1b]{{0,12}}?({any_of(vocabulary().anniversaries)})(\d{{1,3}})周年"
    )


@cache
def _dateline() -> re.Pattern[str]:
    """Outlet, place, day and 电, 讯 or 消息, and the reporters in brackets or before 报道; one of the two may miss.

    `site` is an outlet that only its 网 makes one: it counts with named reporters alone.
    """
    known = any_of((*publication_names(), *vocabulary().role_prefixes))
    outlet = rf"(?:{known})(?:[-\uff0d·](?:{known}))?|[\u4e00-\u9fff]{{2,8}}(?:{any_of(publications().suffixes)})"
    return re.compile(
        rf"(?:[【\[\uff08(]?据?(?P<outlet>{outlet}|(?P<site>[\u4e00-\u9fff]{{2,6}}网))[】\]\uff09)]?\s*)?"
        r"(?:(?P<wire>(?:[\u4e00-\u9fff]{0,10}?\s*(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>1[0-2]|[1-9])月)?"
        r"(?P<day>3[01]|[12]\d|[1-9])日\s*)?(?:电|讯|消息))[】\]]?\s*[\uff1a:]?\s*)?"
        r"(?:[\uff08(](?P<credit>[^\uff08\uff09()]*(?:记者|通讯员)[^\uff08\uff09()]*)[\uff09)]"
        r"|(?P<plain>(?:记者|通讯员)\s?[\u4e00-\u9fff、\s]{2,24}?)\s?(?:摄影|综合)?报道[\uff1a:])?"
    )
