"""Small archives for tests of the pages: original texts, records made by hand, no pipeline."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import editlog
from shanhai.annotate.gazetteer import provinces
from shanhai.records import (
    Annotations,
    Article,
    Block,
    BlockKind,
    Certainty,
    DescribedArticle,
    Edit,
    EditPass,
    Evidence,
    Figure,
    GivenMetadata,
    Pair,
    Place,
    Practice,
    RawArticle,
    Rejected,
    ThemeTag,
)
from shanhai.relate.identity import article_id, article_path
from shanhai.relate.views import Archive, view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.relate.views import Views

WIDE = str.maketrans({",": "\uff0c", ":": "\uff1a"})
"""The texts below are typed with half-width punctuation and widened, so that no editor can do it unseen."""

OPENING = (
    "春天的例会开在村口的晒谷场上。{origin}来的几位干部把各自的账本摊在长桌上,一项一项念给大家听:"
    "哪一笔用在水渠,哪一笔用在冷库,还有哪一笔没有用完。"
)
MEETING = (
    "{target}的村民代表也带来了自己的本子。两边的数对得上,才算过了一关。有人说,{theme}要长久,先要账目清楚。"
    "这话后来写进了两地的协议。"
)
CLOSE = (
    "散会以后,年轻人留下来商量夏天的事。他们打算把茶叶的分级做细,把好的一等卖到城里去。"
    "老支书坐在一旁听,末了只说了一句:慢一点不要紧,别断。今年,两地一共安排了{count}个小项目,合计{sum}万元。"
)

DAY = re.compile(r"\d{4}-\d\d-\d\d")

RULE_CONJECTURE, RULE_GAP, RULE_SURE = "MASK-01", "GAP-01", "SPACE-01"


class Plan(NamedTuple):
    """What one article is made of; `edtf` is its date as far as it is known."""

    edtf: str
    origin: str
    target: str
    theme: str
    second: str
    since: int | None
    official: int | None


PLANS = (
    Plan("1996-10-23", "福建省", "宁夏回族自治区", "产业帮扶", "易地搬迁", 1996, 1996),
    Plan("2001", "浙江省", "四川省", "教育帮扶", "干部人才", None, 1996),
    Plan("2016-07-21", "江苏省", "贵州省", "劳务协作", "医疗帮扶", None, None),
    Plan("2017-03-08", "江苏省", "贵州省", "教育帮扶", "干部人才", 2017, 2016),
    Plan("2018-05-30", "广东省", "广西壮族自治区", "消费帮扶", "产业帮扶", 2016, 2016),
    Plan("2019-01-15", "北京市", "内蒙古自治区", "生态宜居", "文旅融合", None, 2016),
    Plan("2019-06-02", "江苏省", "贵州省", "劳务协作", "产业帮扶", 2017, 2016),
    Plan("2020-11", "天津市", "甘肃省", "科技与数字", "社会力量", None, 2016),
    Plan("2021-09-09", "浙江省", "四川省", "基层治理", "党建引领", 2018, 2021),
    Plan("2023-04-18", "上海市", "云南省", "资金与项目", "监督与作风", None, 2021),
    Plan("2024-12-01", "福建省", "宁夏回族自治区", "集体经济", "产业帮扶", 1996, 2021),
    Plan("", "山东省", "重庆市", "消费帮扶", "社会力量", None, None),
)

CODES = {one.name: one.code for one in provinces()}


def archive(numbers: Iterable[int] = range(len(PLANS)), titles: dict[int, str] | None = None) -> Archive:
    """An archive of the articles of these numbers, the plans in turn; `titles` replaces titles by number."""
    made = (article(number, title=(titles or {}).get(number)) for number in numbers)
    articles = sorted(made, key=lambda one: one.id)
    repairs: Counter[str] = Counter()
    for one in articles:
        editlog.count_by_rule(one.described.log, repairs)
    rejected = (
        Rejected(file="broken/a|b*c.txt", rule="READ-02", reason="不是文字文件", excerpt="<b>PK</b>"),
        Rejected(file="broken/empty.txt", rule="READ-01", reason="文件是空的"),
    )
    return Archive(
        articles=tuple(articles),
        rejected=rejected,
        repairs=dict(sorted(repairs.items())),
        files=len(articles) + len(rejected),
    )


def archive_of(*articles: Article) -> Archive:
    """An archive of nothing but these articles."""
    ordered = tuple(sorted(articles, key=lambda one: one.id))
    return Archive(articles=ordered, rejected=(), repairs={}, files=len(articles))


def views_of(*articles: Article) -> Views:
    """The views of an archive of nothing but these articles."""
    return view(archive_of(*articles))


def with_facts(one: Article, **facts: object) -> Article:
    """The article with other fields of `DescribedArticle`."""
    return msgspec.structs.replace(one, described=msgspec.structs.replace(one.described, **facts))


def with_claims(one: Article, **claims: object) -> Article:
    """The article with other fields of `Annotations`."""
    return msgspec.structs.replace(one, annotations=msgspec.structs.replace(one.annotations, **claims))


def dated(one: Article, edtf: str, origin: str = "given") -> Article:
    """The article with this date, as far as it is known."""
    return with_facts(
        one, date=edtf if DAY.fullmatch(edtf) else None, date_edtf=edtf, date_origin=origin if edtf else None
    )


def article(number: int, *, title: str | None = None, text: str | None = None) -> Article:
    """The article of a number, whole: blocks, log, annotations."""
    plan = PLANS[number % len(PLANS)]
    clean = text or written(plan, number)
    log = damage(clean) if text is None else ()
    raw = editlog.undo(clean, log)
    identifier = article_id(plan.edtf, f"{number} {raw}")
    described = DescribedArticle(
        raw=RawArticle(
            file=f"fixture/{number:03}.txt",
            sha256=hashlib.sha256(raw.encode()).hexdigest(),
            format="text",
            encoding="gb18030" if number % 3 else "utf-8",
            text=raw,
            given=GivenMetadata(sample=number % 2 == 0),
        ),
        text=clean,
        log=log,
        script="hans",
        blocks=blocks(clean),
        title=title or f"{plan.origin[:2]}与{plan.target[:2]}的第{number + 1}本账",
        title_derived=number == 4,
        date=plan.edtf if len(plan.edtf) == 10 else None,
        date_edtf=plan.edtf,
        date_origin="url" if number == 3 else "given" if plan.edtf else None,
        source="山海周报" if number % 4 else None,
        authors=("林一", "何二") if number % 2 else (),
        editor="周三" if number % 5 == 0 else None,
    )
    found = annotations(clean, plan)
    return Article(id=identifier, path=article_path(identifier), described=described, annotations=found)


def written(plan: Plan, number: int) -> str:
    """A text of nine blocks: two headings, a caption, a quote and a note among them."""
    pieces = [
        OPENING.format(origin=plan.origin),
        "晒谷场上的例会",
        MEETING.format(target=plan.target, theme=plan.theme),
        f"图{number + 1}:长桌上的账本",
        f"“{plan.second}不是一阵风。”",
        f"{plan.second}的下一步",
        CLOSE.format(count=number + 3, sum=(number + 3) * 120),
        "两地的书记每个季度见一次面。他们不带随员,只带本子。",
        "编者按:本文为测试而写。",
    ]
    return "\n\n".join(pieces).translate(WIDE)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text of `written`, or plain paragraphs for any other text."""
    kinds = {1: BlockKind.HEADING, 3: BlockKind.CAPTION, 4: BlockKind.QUOTE, 5: BlockKind.HEADING, 8: BlockKind.NOTE}
    pieces = text.split("\n\n")
    found = []
    position = 0
    for number, piece in enumerate(pieces):
        kind = kinds.get(number, BlockKind.PARAGRAPH) if len(pieces) == 9 else BlockKind.PARAGRAPH
        level = 2 if kind is BlockKind.HEADING else 0
        found.append(Block(kind=kind, start=position, end=position + len(piece), level=level))
        position += len(piece) + 2
    return tuple(found)


def damage(clean: str) -> tuple[EditPass, ...]:
    """A log that leads to the text: an indent that is removed after a conjecture and a gap were marked behind it."""
    indent = "\u3000\u3000"
    secretary, books = clean.index("书记") + len(indent), clean.index("只带本子") + len(indent) - 1
    mask = (
        Edit(
            rule=RULE_CONJECTURE,
            start=secretary,
            end=secretary + 1,
            before="*",
            after="书记",
            certainty=Certainty.CONJECTURE,
        ),
        Edit(rule=RULE_GAP, start=books, end=books, before="", after="", certainty=Certainty.GAP),
    )
    layout = (Edit(rule=RULE_SURE, start=0, end=len(indent), before=indent, after=""),)
    return (EditPass(step="mask", edits=mask), EditPass(step="layout", edits=layout))


def annotations(clean: str, plan: Plan) -> Annotations:
    """Two provinces, a county, two themes, a pair, a practice and a figure, each with true evidence."""
    county = {"贵州省": ("贵州省遵义市湄潭县", "520328"), "四川省": ("四川省广元市苍溪县", "510824")}.get(plan.target)
    where = _evidence(clean, plan.target)
    places = [_place(plan.origin, clean), _place(plan.target, clean)]
    if county:
        places.append(Place(name=county[0], code=county[1], level="county", role="subject", evidence=(where,)))
    return Annotations(
        places=tuple(sorted(places, key=lambda one: one.code)),
        pairs=(
            Pair(
                origin=plan.origin,
                target=plan.target,
                since=plan.since,
                evidence=where,
                official_round=plan.official,
            ),
        ),
        themes=tuple(
            ThemeTag(label=label, score=0.7, evidence=(_evidence(clean, label, "THEME-01"),))
            for label in (plan.theme, plan.second)
        ),
        practices=(Practice(name="晒谷场例会", evidence=_evidence(clean, "晒谷场", "PRACTICE-01")),),
        figures=(
            Figure(
                value=3_600_000,
                unit="元",
                label="小项目",
                sentence="两地一共安排了小项目",
                place=plan.target,
                year=None,
                evidence=_evidence(clean, "合计", "FIGURE-01"),
            ),
        ),
    )


def _place(name: str, clean: str) -> Place:
    return Place(name=name, code=CODES[name], level="province", role="subject", evidence=(_evidence(clean, name),))


def _evidence(clean: str, words: str, rule: str = "PLACE-01") -> Evidence:
    start = max(clean.find(words), 0)
    found = clean[start : start + len(words)]
    return Evidence(quote=found, start=start, end=start + len(found), rule=rule)
