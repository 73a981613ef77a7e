"""The inverse of the repairs: what mirrors do to articles, as small seeded operators that compose.

`python tests/damage.py --masters tests/masters --plan tests/masters/plan.yml --out corpus` writes the bundled sample:
each master damaged as the plan says, in the format and encoding that the plan says. The same seed gives the same bytes.

A damage that destroys something for good names it: `Page.gaps` holds spans of the master's blocks.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import opencc
import yaml
from pypinyin.constants import PINYIN_DICT

from shanhai import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

HAN = "\u4e00-\u9fff"
COMMA, COLON = "\uff0c", "\uff1a"
FULL = {half: chr(ord(half) + 0xFEE0) for half in ",:;?!()"}
HALF = {full: half for half, full in FULL.items()}


@dataclass(frozen=True)
class Gap:
    """A span of a master's block that cannot be known any more."""

    block: int
    start: int
    end: int


@dataclass(frozen=True)
class Master:
    """A clean article: its front matter, and its blocks without their Markdown marks, each with its kind."""

    fields: Mapping[str, Any]
    blocks: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """An article on its way to a mirror: `blocks` stay in step with the master's, one to one."""

    blocks: tuple[str, ...]
    kinds: tuple[str, ...]
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    def mapped(self, change: Callable[[str], str]) -> Page:
        """The page with every line changed, the metadata's too."""
        return replace(
            self,
            blocks=tuple(map(change, self.blocks)),
            head=tuple(map(change, self.head)),
            foot=tuple(map(change, self.foot)),
            fields={key: _changed(value, change) for key, value in self.fields.items()},
        )

    def with_blocks(self, change: Callable[[str], str]) -> Page:
        """The page with its blocks changed."""
        return replace(self, blocks=tuple(map(change, self.blocks)))


Operator = "Callable[[Page, Random], Page]"
OPERATORS: dict[str, Any] = {}
RARE_OPERATORS: dict[str, Any] = {}
"""Damages of words that few masters have, so that no plan uses them; a page without such a word stays as it is."""


def operator(function: Callable[[Page, Random], Page]) -> Callable[[Page, Random], Page]:
    """Register the damage under its function's name, by which the plan calls it."""
    OPERATORS[function.__name__] = function
    return function


def rare_operator(function: Callable[[Page, Random], Page]) -> Callable[[Page, Random], Page]:
    """Register a damage that only some texts can take."""
    RARE_OPERATORS[function.__name__] = function
    return function


def damaged(master: Master, names: Sequence[str], seed: int) -> Page:
    """The master after the named damages in their order."""
    page = Page(blocks=master.blocks, kinds=master.kinds, fields=master.fields)
    for number, name in enumerate(names):
        page = (OPERATORS | RARE_OPERATORS)[name](page, Random(f"{seed}/{number}/{name}"))  # noqa: S311 - reproducible, not secret
    return page


def read_master(path: Path) -> Master:
    """A master file: front matter, then one line a block with `## `, `> ` and `![] ` as marks."""
    _empty, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    marked = [_unmarked(line) for line in body.split("\n") if line.strip()]
    return Master(yaml.safe_load(front), tuple(text for _kind, text in marked), tuple(kind for kind, _text in marked))


# Layouts: what a text file has before and after the article's body.


@operator
def layout_source_line(page: Page, _random: Random) -> Page:
    names = " ".join(page.fields.get("authors") or ())
    stamp = [f"{page.fields['date']} 09:30"] if page.fields.get("date") else []
    parts = [*stamp, f"来源{COLON}{page.fields['source']}"]
    parts += [f"作者{COLON}{names}"] if names else []
    return replace(page, head=(str(page.fields["title"]), " ".join(parts)), foot=_editor(page))


@operator
def layout_list(page: Page, _random: Random) -> Page:
    """A field a line."""
    lines = [str(page.fields["title"])]
    lines += [f"来源{COLON}{page.fields['source']}"]
    lines += [f"日期{COLON}{_chinese_date(page)}"] if page.fields.get("date") else []
    lines += [f"作者{COLON}{'、'.join(page.fields['authors'])}"] if page.fields.get("authors") else []
    return replace(page, head=tuple(lines), foot=_editor(page))


@operator
def layout_stamp_after(page: Page, _random: Random) -> Page:
    """The title before the body, everything else in one line after it, a button among it."""
    stamp = [f"发布时间{COLON}{_chinese_date(page)} 10:20"] if page.fields.get("date") else []
    editor = [f"编辑{COLON}{page.fields['editor']}"] if page.fields.get("editor") else []
    line = " ".join([*stamp, f"来源{COLON}{page.fields['source']}", *editor, "打印"])
    authors = (f"（记者 {' '.join(page.fields['authors'])}）",) if page.fields.get("authors") else ()
    return replace(page, head=(str(page.fields["title"]),), foot=(*authors, line))


@operator
def layout_byline(page: Page, _random: Random) -> Page:
    """Date and source in a line, the names under it, parted by two spaces."""
    stamp = f"{page.fields['date']} " if page.fields.get("date") else ""
    names = ("  ".join(page.fields["authors"]),) if page.fields.get("authors") else ()
    head = (str(page.fields["title"]), f"{stamp}来源{COLON}{page.fields['source']}", *names)
    return replace(page, head=head, foot=_editor(page))


@operator
def title_repeated(page: Page, random: Random) -> Page:
    """The title once more, behind a column's tag."""
    tag = random.choice(["【山海观察】", "【协作纪事】", "【乡村笔记】"])
    return replace(page, head=(f"{tag}{page.fields['title']}", *page.head))


# Words.


@operator
def masks(page: Page, _random: Random) -> Page:
    """A filter hides 书记 where its neighbour still tells it."""
    sure = re.compile("(?<=支部|县委|党委|第一|五级|三级)书记")
    return page.with_blocks(lambda block: sure.sub("*", block))


@operator
def person_mask(page: Page, random: Random) -> Page:
    """A filter hides who speaks, once: nobody can tell who it was."""
    speaker = re.compile(f"(?<=位)[{HAN}]{{2,8}}(?=说|介绍|表示|打)")
    places = [(number, match) for number, block in enumerate(page.blocks) for match in speaker.finditer(block)]
    if not places:
        raise ValueError("no speaker to hide on this page")
    number, match = random.choice(places)
    blocks = list(page.blocks)
    blocks[number] = blocks[number][: match.start()] + "**" + blocks[number][match.end() :]
    gap = Gap(number, match.start(), match.end())
    return replace(page, blocks=tuple(blocks), gaps=(*page.gaps, gap))


@operator
def lost_plus(page: Page, _random: Random) -> Page:
    """The plus signs of lists in quotation marks become spaces."""
    listed = re.compile("“[^“”]*[^“”+]\\+[^“”+][^“”]*”")
    return page.with_blocks(lambda block: listed.sub(lambda match: match[0].replace("+", " "), block))


FIXED_WORDS = ("精准识别", "对口支援", "脱贫攻坚", "乡村振兴", "少数民族", "贫困户", "共同富裕", "易地搬迁", "特色产业")


@rare_operator
def masked_characters(page: Page, random: Random) -> Page:
    """A filter hides one character of each fixed word, with as many asterisks."""

    def hidden(match: re.Match[str]) -> str:
        at = {"精准识别": 1, "贫困户": 1, "特色产业": 1}.get(match[0], random.choice((2, 3)))
        return match[0][:at] + "*" + match[0][at + 1 :]

    return page.with_blocks(lambda block: re.sub("|".join(FIXED_WORDS), hidden, block))


@rare_operator
def filtered_characters(page: Page, _random: Random) -> Page:
    """A filter takes every 习 and 平 out of the text: each place is at best a conjecture."""
    places = [
        (number, match.start()) for number, block in enumerate(page.blocks) for match in re.finditer("[习平]", block)
    ]
    gaps = tuple(Gap(number, at, at + 1) for number, at in places)
    changed = page.mapped(lambda line: re.sub("[习平]", "", line))
    return replace(changed, gaps=(*page.gaps, *gaps))


@rare_operator
def ones_as_dashes(page: Page, _random: Random) -> Page:
    """A recogniser of print reads 一 as a dash."""
    word = re.compile(
        "(?<=第)一(?=书记|批|个|次|年)|(?<=进)一(?=步)|(?<=[另每这那])一(?=[个位名家户])|一(?=村一品|对一)"
    )
    return page.with_blocks(lambda block: word.sub("\u2014", block))


@rare_operator
def lost_year_dash(page: Page, _random: Random) -> Page:
    """The dash between the years of a plan becomes a space."""
    years = re.compile("(?<=（[12][0-9]{3})[\u2014-](?=[12][0-9]{3}年）)")
    return page.with_blocks(lambda block: years.sub(" ", block))


@rare_operator
def lost_number(page: Page, _random: Random) -> Page:
    """A number before its unit is gone, and nobody can tell it."""
    number = re.compile(f"(?<=[面积收入产值海拔茶叶])[0-9.]+(?=(?:亩|元|斤|米)[{COMMA}。])")
    places = [(at, match) for at, block in enumerate(page.blocks) for match in number.finditer(block)]
    gaps = tuple(Gap(at, match.start(), match.end()) for at, match in places)
    return replace(page.with_blocks(lambda block: number.sub("", block)), gaps=(*page.gaps, *gaps))


@rare_operator
def brand_for_word(page: Page, random: Random) -> Page:
    """A brand stands for 我 in 我国: at best a conjecture. The brand is of the lexicon's harmless section."""
    terms = reference.text("spam_lexicon.txt").partition("# 推广")[2].splitlines()[1:]
    brand = random.choice([term for term in terms if term])
    places = [
        (number, match.start()) for number, block in enumerate(page.blocks) for match in re.finditer("我国", block)
    ]
    gaps = tuple(Gap(number, at, at + 1) for number, at in places)
    return replace(page.with_blocks(lambda block: block.replace("我国", f"{brand}国")), gaps=(*page.gaps, *gaps))


# Script and pinyin.


@operator
def traditional(page: Page, _random: Random) -> Page:
    """Traditional script of the mainland kind: some characters stay simplified, 著 stands for 着, 陜 for 陕."""
    return page.mapped(_traditional)


@operator
def traditional_taiwan(page: Page, _random: Random) -> Page:
    """Traditional script throughout, as Big5 has it, by words where they come back the same, else by characters."""
    return page.mapped(lambda line: "".join(map(_big5_sentence, re.split(f"(?<=[。{COMMA}、])", line))))


@operator
def stray_traditional(page: Page, random: Random) -> Page:
    """Two traditional characters in a simplified page."""
    strays = {char: _to_traditional().convert(char) for char in set("".join(page.blocks)) - LEFT_SIMPLIFIED}
    found = sorted(char for char, stray in strays.items() if stray != char == _to_simplified().convert(stray))
    for char in random.sample(found, 2):
        page = _once(page, char, strays[char], random)
    return page


@operator
def pinyin_in_phase(page: Page, random: Random) -> Page:
    """Every occurrence of some traditional-only characters is annotated."""
    chosen = _annotated_characters(page, random, 40)
    pattern = re.compile("[" + "".join(chosen) + "]")
    return page.mapped(lambda line: pattern.sub(lambda match: f"{match[0]}({_reading(match[0])})", line))


@operator
def pinyin_by_bytes(page: Page, random: Random) -> Page:
    """The same on GBK bytes, without regard to where characters begin: a hit across two throws the text out of step."""
    chosen = _annotated_characters(page, random, 60)
    head, foot = (tuple(_by_bytes(line, chosen)[0] for line in lines) for lines in (page.head, page.foot))
    shared = replace(page, head=head, foot=foot)
    results = [_by_bytes(block, chosen) for block in page.blocks]
    gaps = tuple(Gap(number, *span) for number, (_text, spans) in enumerate(results) for span in spans)
    return replace(shared, blocks=tuple(text for text, _spans in results), gaps=(*page.gaps, *gaps))


@operator
def phase_shift(page: Page, random: Random) -> Page:
    """Up to two sentences are cut at bytes that look like a full-width mark: what follows is read one byte late.

    A character that loses its second byte at the end of such a run can only be guessed: a gap.
    """
    places = [(number, at) for number, block in enumerate(page.blocks) for at in cuts(block) if shifted(block, at)]
    blocks, gaps = list(page.blocks), list(page.gaps)
    for number, at in {place[0]: place for place in random.sample(places, min(2, len(places)))}.values():
        blocks[number], guessed = shifted(page.blocks[number], at) or (page.blocks[number], ())
        gaps += (Gap(number, place, place + 1) for place in guessed)
    return replace(page, blocks=tuple(blocks), gaps=tuple(gaps))


@rare_operator
def spaced_by_bytes(page: Page, _random: Random) -> Page:
    """A space is put before commas and exclamation marks on GBK bytes: 。“ hides one across its two characters.

    From there on the text is read one byte late until the next such mark, before which a last byte is lost.
    """
    return page.with_blocks(lambda block: _spaced_by_bytes(block) if "。“" in block else block)


@operator
def toneless_pinyin(page: Page, random: Random) -> Page:
    """Every occurrence of some characters of a simplified page is annotated without tones."""
    counts = {char: sum(block.count(char) for block in page.blocks) for char in set("".join(page.blocks))}
    often = sorted(char for char, count in counts.items() if count >= 3 and "\u4e00" <= char <= "\u9fff")
    chosen = random.sample(often, min(8, len(often)))
    pattern = re.compile("[" + "".join(chosen) + "]")
    return page.with_blocks(lambda block: pattern.sub(lambda m: f"{m[0]}({_toneless(_reading(m[0]))})", block))


# Typography.


@operator
def full_width_digits(page: Page, _random: Random) -> Page:
    return page.mapped(lambda line: re.sub("[0-9A-Za-z]", lambda match: chr(ord(match[0]) + 0xFEE0), line))


@operator
def half_width_punctuation(page: Page, _random: Random) -> Page:
    """Full-width marks become half-width; brackets that stand among digits or letters only are left."""
    return page.mapped(_half_width)


@operator
def doubled_commas(page: Page, random: Random) -> Page:
    return page.with_blocks(lambda block: re.sub(COMMA, lambda _m: COMMA * (1 + (random.random() < 0.2)), block))


@operator
def odd_spaces(page: Page, random: Random) -> Page:
    """Ideographic spaces before a paragraph, NBSP beside punctuation, zero-width characters anywhere."""

    def change(block: str) -> str:
        spaced = re.sub(f"[{COMMA}。、]", lambda m: m[0] + random.choice(["", "", "\u00a0", " "]), block)
        pieces = re.split(f"(?<=[{HAN}])(?=[{HAN}])", spaced)
        hidden = "".join(piece + random.choice([""] * 30 + ["\u200b", "\ufeff", "\u00ad"]) for piece in pieces)
        return "\u3000\u3000" + hidden

    return page.with_blocks(change)


@operator
def padded_line(page: Page, random: Random) -> Page:
    """A paragraph with a space between all characters."""
    number = random.choice([number for number, kind in enumerate(page.kinds) if kind == "paragraph"])
    blocks = list(page.blocks)
    blocks[number] = re.sub(f"(?<=[{HAN}])(?=[{HAN}{COMMA}。、])", " ", blocks[number])
    return replace(page, blocks=tuple(blocks))


@operator
def straight_quotes(page: Page, _random: Random) -> Page:
    """Curly double quotes become straight ones."""
    return page.with_blocks(lambda block: block.replace("“", '"').replace("”", '"'))


@operator
def hard_wrap(page: Page, _random: Random) -> Page:
    """Lines are broken after 72 columns, but not right behind a sentence."""
    return page.with_blocks(_wrapped)


@operator
def escaped(page: Page, random: Random) -> Page:
    """The markup of the page, escaped once, line breaks written out."""
    return page.with_blocks(lambda block: _escaped(block, random) + "\\r\\n")


@operator
def escaped_twice(page: Page, random: Random) -> Page:
    return page.with_blocks(lambda block: html.escape(_escaped(block, random), quote=False) + "\\r\\n")


@operator
def tags_left(page: Page, random: Random) -> Page:
    """Tags left in the text, a script among them."""
    opening = ["<p>", '<p style="text-indent:2em">', "<div class='para'>", "<p><strong></strong>"]
    changed = page.with_blocks(lambda block: f"{random.choice(opening)}{block}</p>")
    return replace(changed, foot=(*changed.foot, "<script>var page = 1 < 2; count(page);</script>"))


@operator
def utf8_as_gbk(page: Page, random: Random) -> Page:
    """A clause or two whose UTF-8 was read as GBK, without loss."""
    clauses = [
        (number, match)
        for number, block in enumerate(page.blocks)
        for match in re.finditer(f"(?<=[{COMMA}。])[{HAN}]{{6,14}}(?=[{COMMA}。])", block)
        if _misread(match[0])
    ]
    blocks = list(page.blocks)
    for number, match in random.sample(clauses, min(2, len(clauses))):
        blocks[number] = blocks[number].replace(match[0], _misread(match[0]) or match[0], 1)
    return replace(page, blocks=tuple(blocks))


# Lines of the page around the article.


@operator
def navigation(page: Page, random: Random) -> Page:
    lines = [
        "首页>新闻>协作>正文",
        f"当前位置{COLON} 首页>乡村振兴",
        "首页 新闻 时政 地方 财经 文化 专题",
        "手机版\n欢迎使用手机浏览",
    ]
    return replace(page, head=(random.choice(lines), *page.head))


@operator
def share(page: Page, random: Random) -> Page:
    lines = ["微信扫一扫 ×", f"分享到{COLON} 微信 新浪微博 QQ空间", "收听本文 00:00/00:00", "打印 纠错 收藏"]
    return replace(page, head=(*page.head, *random.sample(lines, 2)), foot=(*page.foot, "点赞 (0) 收藏 分享"))


@operator
def spam(page: Page, random: Random) -> Page:
    """Keyword lines before and after the article, of the lexicon's harmless section alone."""
    terms = reference.text("spam_lexicon.txt").partition("# 推广")[2].splitlines()[1:]
    lines = [delimiter.join(random.sample(terms, 8)) for delimiter in ("_", " | ")]
    return replace(page, head=(lines[0], "?", *page.head), foot=(*page.foot, lines[1]))


@operator
def related(page: Page, random: Random) -> Page:
    links = [
        "辽宁红河岸电站一号机组并网发电",
        "我市召开新春座谈会",
        "海边小镇迎来开渔季",
        "张家界游客数量回升",
        "湖南一高校举办读书节",
    ]
    heading = random.choice(["猜你喜欢", "相关阅读", "延伸阅读", f"相关热词搜索{COLON}"])
    return replace(page, foot=(*page.foot, heading, *random.sample(links, 3)))


@operator
def neighbours(page: Page, _random: Random) -> Page:
    return replace(page, foot=(*page.foot, f"上一篇{COLON}我县举办春季招聘会", f"下一篇{COLON}没有了"))


@operator
def pager(page: Page, _random: Random) -> Page:
    return replace(page, foot=(*page.foot, "【1】【2】【3】", "上一页 1 2 3 下一页"))


@operator
def system_footer(page: Page, _random: Random) -> Page:
    return replace(page, foot=(*page.foot, "Produced By 样例内容管理系统 Produced By 样例内容管理系统"))


@operator
def copyright_line(page: Page, random: Random) -> Page:
    lines = ["Copyright © 2019 样例镜像站 All Rights Reserved", f"版权所有{COLON}样例镜像站 未经授权不得转载"]
    return replace(page, foot=(*page.foot, random.choice(lines)))


# Containers.


def text_file(page: Page) -> str:
    """A plain text file: every block a line, a blank line between."""
    return "\n\n".join([*page.head, *map(_plain_block, page.kinds, page.blocks), *page.foot]) + "\n"


def markdown_file(page: Page) -> str:
    """A Markdown file with front matter."""
    marks = {"heading": "## ", "quote": "> ", "caption": "", "paragraph": ""}
    front = yaml.safe_dump(_given(page), allow_unicode=True, sort_keys=False, width=1000)
    blocks = [marks[kind] + block for kind, block in zip(page.kinds, page.blocks, strict=True)]
    return f"---\n{front}---\n\n" + "\n\n".join([*page.head, *blocks, *page.foot]) + "\n"


def web_page(page: Page, charset: str = "utf-8") -> str:
    """A web page with a menu before and a footer behind the article."""
    given = _given(page)
    metas = {
        "author": "、".join(given.get("authors", ())),
        "source": given.get("source"),
        "publishdate": given.get("date"),
    }
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh">',
        f'<head><meta charset="{charset}"><title>{html.escape(given["title"])}_山海样例网</title>',
        *(f'<meta name="{name}" content="{html.escape(str(value))}">' for name, value in metas.items() if value),
        '</head><body><div class="header"><ul class="nav"><li><a href="/">首页</a></li>',
        '<li><a href="/news">新闻</a></li><li><a href="/topic">专题</a></li></ul></div>',
        '<div class="main"><div class="article">',
        f"<h1>{html.escape(given['title'])}</h1>",
        *(f"<p>{html.escape(line)}</p>" for line in page.head),
        *map(_html_block, page.kinds, page.blocks),
        *(f'<p class="editor">{html.escape(line)}</p>' for line in _editor(page)),
        *(f"<p>{html.escape(line)}</p>" for line in page.foot),
        "</div></div>",
        '<div class="footer"><p>山海样例网 版权所有</p><p><a href="/about">关于我们</a>',
        '<a href="/map">网站地图</a></p></div></body></html>',
    ]
    return "\n".join(lines) + "\n"


def json_line(page: Page) -> str:
    """A line of a JSON Lines file."""
    body = "\n".join([*page.head, *map(_plain_block, page.kinds, page.blocks), *page.foot])
    return json.dumps({**_given(page), "text": body}, ensure_ascii=False) + "\n"


def encoded(text: str, encoding: str) -> bytes:
    """The text in the named encoding; UTF-16 with a byte order mark."""
    if encoding in {"utf-16-le", "utf-16-be"}:
        return ("\ufeff" + text).encode(encoding)
    return text.encode(encoding)


def corpus_files(masters: Path, plan: Path) -> dict[str, bytes]:
    """The files of the bundled corpus by name."""
    files: dict[str, bytes] = {}
    for number, entry in sorted(read_plan(plan).items()):
        page = damaged(read_master(masters / f"{number}.md"), entry.get("operators", ()), entry["seed"])
        name = entry["file"]
        if ".jsonl" in name:
            files[name] = files.get(name, b"") + json_line(page).encode("utf-8")
            continue
        files[name] = _file(page, entry)
        if "sidecar" in entry:
            side = {key: value for key, value in _given(page).items() if key in entry["sidecar"]}
            files[f"{name}.yml"] = yaml.safe_dump(side, allow_unicode=True, sort_keys=False, width=1000).encode("utf-8")
    return {name: gzip.compress(body, mtime=0) if name.endswith(".gz") else body for name, body in files.items()}


def read_plan(plan: Path) -> dict[str, dict[str, Any]]:
    """What the plan says of each master, by its number."""
    masters: dict[str, dict[str, Any]] = yaml.safe_load(plan.read_text(encoding="utf-8"))["masters"]
    return masters


def main() -> None:
    """Write the bundled corpus; files of an earlier run that the plan no longer names go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--masters", type=Path, required=True)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    files = corpus_files(arguments.masters, arguments.plan)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for old in arguments.out.glob("mirror-*"):
        if old.name not in files:
            old.unlink()
    for name, content in files.items():
        (arguments.out / name).write_bytes(content)


def _file(page: Page, entry: Mapping[str, Any]) -> bytes:
    encoding = entry.get("encoding", "utf-8")
    if entry["file"].endswith(".md"):
        return encoded(markdown_file(page), encoding)
    if entry["file"].endswith(".html"):
        return encoded(web_page(page, encoding), encoding)
    return encoded(text_file(page).replace("\n", entry.get("line_break", "\n")), encoding)


def _given(page: Page) -> dict[str, Any]:
    known = {"title": str(page.fields["title"])}
    known |= {"date": str(page.fields["date"])} if page.fields.get("date") else {}
    known |= {key: page.fields[key] for key in ("source", "editor") if page.fields.get(key)}
    given: dict[str, Any] = dict(known)
    given |= {"authors": list(page.fields["authors"])} if page.fields.get("authors") else {}
    return given | {"sample": True}


def _unmarked(line: str) -> tuple[str, str]:
    for mark, kind in (("## ", "heading"), ("### ", "heading"), ("> ", "quote"), ("![] ", "caption")):
        if line.startswith(mark):
            return kind, line[len(mark) :].strip()
    return "paragraph", line.strip()


def _plain_block(kind: str, block: str) -> str:
    return f">>>{block}" if kind == "quote" else block


def _html_block(kind: str, block: str) -> str:
    text = html.escape(block, quote=False)
    return {
        "heading": f"<h2>{text}</h2>",
        "quote": f"<blockquote><p>{text}</p></blockquote>",
        "caption": f'<figure><img src="/photo.jpg" alt=""><figcaption>{text}</figcaption></figure>',
    }.get(kind, f"<p>{text}</p>")


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    return [change(one) if isinstance(one, str) else one for one in value] if isinstance(value, list) else value


def _editor(page: Page) -> tuple[str, ...]:
    return (f"责任编辑{COLON}{page.fields['editor']}",) if page.fields.get("editor") else ()


def _chinese_date(page: Page) -> str:
    year, month, day = str(page.fields["date"]).split("-")
    return f"{year}年{int(month):02d}月{int(day):02d}日"


def _once(page: Page, word: str, after: str, random: Random) -> Page:
    number = random.choice([number for number, block in enumerate(page.blocks) if word in block])
    blocks = list(page.blocks)
    blocks[number] = blocks[number].replace(word, after, 1)
    return replace(page, blocks=tuple(blocks))


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def _to_taiwan() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


# Characters that mainland mirrors leave simplified although traditional script has another.
LEFT_SIMPLIFIED = frozenset("后里于干台斗系松谷向回面制志只几才冲困采卷周注占游岳灶念")
ASPECT = re.compile("(?<=[沿随望带连挨顺])着|着(?=力|眼|手)")


def _traditional(line: str) -> str:
    """The line in traditional script; a sentence that would not come back the same stays simplified."""
    return "".join(map(_traditional_sentence, re.split(f"(?<=[。{COMMA}、])", line)))


def _traditional_sentence(sentence: str) -> str:
    changed = _to_traditional().convert(sentence)
    if len(changed) != len(sentence):
        return sentence
    partly = "".join(old if old in LEFT_SIMPLIFIED else new for old, new in zip(sentence, changed, strict=True))
    if _to_simplified().convert(partly) != sentence:
        return sentence
    return ASPECT.sub("著", partly).replace("陝", "陜")


def _big5_sentence(sentence: str) -> str:
    """The sentence in characters that Big5 has; where the whole does not do, those single ones that it lacks."""
    whole = _to_taiwan().convert(sentence)
    single = "".join(char if _is_big5(char) else _to_taiwan().convert(char) for char in sentence)
    for traditional_form in (whole, single):
        back = _to_simplified().convert(traditional_form).replace("著", "着")
        if back == sentence.replace("著", "着") and _is_big5(traditional_form):
            return traditional_form
    raise ValueError(f"not in Big5: {sentence}")


def _is_big5(text: str) -> bool:
    return text.encode("big5", "ignore").decode("big5") == text


def _annotated_characters(page: Page, random: Random, count: int) -> list[str]:
    present = {char for block in page.blocks for char in block}
    simple = _to_simplified()
    only = sorted(char for char in present if simple.convert(char) != char and _reading(char) and char not in "著陜")
    return random.sample(only, min(count, len(only)))


def _reading(char: str) -> str:
    return PINYIN_DICT.get(ord(char), "").split(",")[0]


def _toneless(reading: str) -> str:
    return reading.translate(str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "aaaaeeeeiiiioooouuuuvvvv"))


def _by_bytes(line: str, characters: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The line after replacements on its GBK bytes, and the spans of it that no reader can tell any more."""
    octets = [(octet, place) for place, char in enumerate(line) for octet in char.encode("gb18030")]
    hidden: list[tuple[int, str]] = []
    for char in characters:
        pair = char.encode("gb18030")
        note = [(octet, -1) for octet in f"({_reading(char)})".encode("gb18030")]
        place = 0
        while place < len(octets) - 1:
            if (octets[place][0], octets[place + 1][0]) == tuple(pair) and octets[place][1] >= 0 <= octets[place + 1][
                1
            ]:
                if octets[place][1] != octets[place + 1][1]:
                    hidden.append((octets[place][1], _reading(char)))
                octets[place + 2 : place + 2] = note
                place += len(note)
                place += 2
            else:
                place += 1
    text, broken = _as_reader_sees(octets)
    if any(len(_trails(line[place], reading)) != 1 for place, reading in hidden) or broken:
        return text, [(0, len(line))]
    return text, []


def _spaced_by_bytes(line: str) -> str:
    octets = re.sub(b"(?=\xa3[\xa1\xac])", b" ", line.encode("gb18030"))
    return _as_reader_sees([(octet, 0) for octet in octets])[0].replace(f" {COMMA}", COMMA)


def _trails(char: str, reading: str) -> list[int]:
    """Which bytes, after the character's last, make a character of this reading."""
    lead = char.encode("gb18030")[-1]
    pairs = ((trail, bytes((lead, trail)).decode("gbk", "ignore")) for trail in range(0x40, 0xFF))
    return [trail for trail, one in pairs if len(one) == 1 and reading in PINYIN_DICT.get(ord(one), "").split(",")]


def _as_reader_sees(octets: Sequence[tuple[int, int]]) -> tuple[str, bool]:
    """What a reader of code page 936 makes of the bytes: a lead without its trail swallows the next byte, as "?"."""
    pieces: list[str] = []
    broken, place = False, 0
    while place < len(octets):
        octet = octets[place][0]
        if octet <= 0x80:
            pieces.append(chr(octet) if octet < 0x80 else "\u20ac")
            place += 1
            continue
        pair = bytes(one for one, _place in octets[place : place + 2])
        if len(pair) == 2 and (0x40 <= pair[1] <= 0x7E or pair[1] >= 0x80):
            pieces.append(pair.decode("gb18030", "replace"))
        else:
            pieces.append("?")
            broken = broken or pair[1:] != b"("
        place += 2
    return "".join(pieces), broken


CUT_MARKS = {chr(ord(half) + 0xFEE0).encode("gb18030"): chr(ord(half) + 0xFEE0) for half in "!,:;?"}


def cuts(line: str) -> list[int]:
    """Places of full stops that, with the quotation mark after them, hold the bytes of an exclamation mark."""
    return [match.start() for match in re.finditer("。(?=[“”])", line)]


def shifted(line: str, at: int, *, cut: bool = True) -> tuple[str, tuple[int, ...]] | None:
    """The line cut at the bytes of a mark that the characters at `at` and after it share, each piece read alone.

    Or, without the cut, a byte is put between the two of the character at `at`, and swallowed by the reader. With the
    line come the places of characters that lost a byte and do not follow from the rest; `None` where the reader
    swallows more than that.
    """
    octets = line[at:].encode("gb18030")
    pieces, start = [line[:at], "?"], 1
    if cut:
        pieces, start = [*pieces, CUT_MARKS[octets[1:3]]], 3
    first = () if cut else (at,)
    while True:
        mark_at = next((n for n in range(start, len(octets) - 1) if octets[n : n + 2] in CUT_MARKS), len(octets))
        read, lost = _read_alone(octets[start:mark_at])
        before = octets[:mark_at].decode("gb18030", "ignore")
        if read is None or read == "?" or mark_at == len(octets):
            return None
        pieces += [read, CUT_MARKS[octets[mark_at : mark_at + 2]]]
        start = mark_at + 2
        if line[at:].startswith(before) and len(before.encode("gb18030")) == mark_at:
            guessed = (*first, at + len(before) - 1) if lost else first
            return "".join(pieces) + line[at + len(before) + 1 :], guessed


def _read_alone(octets: bytes) -> tuple[str | None, bool]:
    """The bytes as a GBK reader sees them, and whether the last one has no partner; no text where one is swallowed."""
    text, broken = _as_reader_sees([(octet, 0) for octet in octets])
    lost = text.endswith("?")
    return (None if (broken and not lost) or "?" in text[:-1] else text), lost


def _half_width(line: str) -> str:
    line = re.sub("（([^（）]*)）", _half_width_bracket, line)
    marks = "".join(HALF.keys() - {"\uff08", "\uff09"})
    return re.sub(f"(?<![!-~])[{marks}]|[{marks}](?![!-~])", lambda match: HALF[match[0]], line)


def _half_width_bracket(match: re.Match[str]) -> str:
    before = match.string[: match.start()][-1:]
    if re.search(f"[{HAN}]", match[1]) or re.match(f"[{HAN}]", before):
        return f"({match[1]})"
    return match[0]


WRAP_COLUMNS = 72


def _columns(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def _wrapped(block: str) -> str:
    lines: list[str] = []
    while _columns(block) > WRAP_COLUMNS:
        width = next(at for at in range(len(block), 0, -1) if _columns(block[:at]) <= WRAP_COLUMNS)
        while block[width - 1] in "。！？…”：" or (block[width - 1].isascii() and block[width].isascii()):
            width -= 1
        lines.append(block[:width])
        block = block[width:]
    return "\n".join([*lines, block])


def _escaped(block: str, random: Random) -> str:
    text = block.replace("“", "&ldquo;").replace("”", "&rdquo;") if random.random() < 0.5 else block
    return html.escape("<p>", quote=False) + "&amp;nbsp;&nbsp;" + text + html.escape("</p>", quote=False)


def _misread(clause: str) -> str | None:
    """The clause as a GBK reader sees its UTF-8, or `None` where something would be lost or read otherwise."""
    try:
        misread = clause.encode("utf-8").decode("gbk")
    except UnicodeDecodeError:
        return None
    return misread if misread.encode("gb18030") == clause.encode("utf-8") else None


def gap_patterns(master: Master, page: Page) -> Iterator[tuple[str, re.Pattern[str] | None]]:
    """Each block of the master with the pattern of what may stand for it: `None` for exactly itself."""
    for number, block in enumerate(master.blocks):
        spans = sorted((gap.start, gap.end) for gap in page.gaps if gap.block == number)
        if not spans:
            yield block, None
            continue
        pieces, position = [], 0
        for start, end in spans:
            pieces += [re.escape(block[position:start]), ".*"]
            position = max(position, end)
        yield block, re.compile("".join([*pieces, re.escape(block[position:])]))


if __name__ == "__main__":
    main()
