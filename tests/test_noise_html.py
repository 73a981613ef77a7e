"""Web pages of many makes keep every line of their article and lose what the site puts around it."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

import damage
from noise_pages import key
from shanhai.read.corpus import read_file
from shanhai.records import RestoredArticle
from shanhai.restore.chain import restore

MASTERS = Path(__file__).parent / "masters"
MENU = ("首页", "新闻", "时政", "社会", "图片", "视频")
LINKS = ("样例县召开防汛工作会议", "山村小学来了新老师", "两地共建蔬菜基地", "样例河治理二期开工", "县医院引进新设备")
ABOVE = ("首页 > 新闻中心 > 正文", "字体\uff1a大 中 小", "分享到\uff1a微信 微博 QQ空间")
BELOW = ("上一篇\uff1a春茶开采", "我要评论", "版权声明\uff1a转载请注明出处。", "Copyright © 2019 样例网 版权所有")
LIMIT_BYTES = 1_000_000


def lines_of(master: damage.Master) -> list[str]:
    return [html.escape(block, quote=False) for block in master.blocks]


def list_of(entries: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f'<li><a href="/a">{entry}</a></li>' for entry in entries) + "</ul>"


def page(head: str, body: str, charset: str = "utf-8") -> str:
    return f'<html><head><meta charset="{charset}">{head}</head><body>{body}</body></html>'


def div_soup(master, title):
    text = "".join(f"<div><div><span>{line}</span></div></div>" for line in lines_of(master))
    above = "".join(f"<div>{line}</div>" for line in ABOVE)
    below = "".join(f"<div>{line}</div>" for line in BELOW)
    body = f"<div>{list_of(MENU)}</div><div><div>{above}</div><h1>{title}</h1><div><div>{text}</div>{below}</div></div>"
    return page(f"<title>{title}_样例网</title>", body + f"<div>{list_of(LINKS)}</div>")


def table_layout(master, title):
    menu = "".join(f'<td><a href="/">{entry}</a></td>' for entry in MENU)
    text = "".join(f"<p>\u3000\u3000{line}</p>" for line in lines_of(master))
    links = "".join(f'<tr><td><a href="/b">· {entry}</a></td></tr>' for entry in LINKS)
    body = (
        f"<table width=980><tr>{menu}</tr></table><table><tr><td width=700><table><tr><td align=center>"
        f"<b>{title}</b></td></tr><tr><td>{ABOVE[1]}</td></tr><tr><td>{text}</td></tr><tr><td>{BELOW[1]}</td></tr></table></td>"
        f"<td><table>{links}</table></td></tr></table><table><tr><td>{BELOW[3]}</td></tr></table>"
    )
    return page(f"<title>{title}</title>", body)


def nested_lists(master, title):
    text = "".join(f"<p>{line}</p>" for line in lines_of(master)[:-1])
    last = f"<ul><li>茶园<ul><li>采茶</li><li>炒茶</li></ul></li><li>渔港</li></ul><p>{lines_of(master)[-1]}</p>"
    body = f"<nav>{list_of(MENU)}</nav><main><h1>{title}</h1>{text}{last}</main><aside>{list_of(LINKS)}</aside>"
    return page(f"<title>{title} - 样例网</title>", body + f"<footer><p>{BELOW[3]}</p></footer>")


def breaks_in_a_cell(master, title):
    text = "<br><br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in lines_of(master))
    return page(
        f"<title>{title}</title>",
        f"<center><font size=5>{title}</font><br>{ABOVE[1]}</center><table><tr><td>{text}</td></tr></table>"
        f"<hr><center>{'<br>'.join(BELOW)}</center>",
    )


def no_heading(master, title):
    text = "".join(f'<p class="p"><span style="font-size:16px">{line}</span></p>' for line in lines_of(master))
    body = f'<div class="nav">{list_of(MENU)}</div><div class="title">{title}</div><div class="con">{text}</div>'
    return page(f"<title>{title}|样例网</title>", body + f'<div class="share">{ABOVE[2]}</div><div>{BELOW[1]}</div>')


def article_with_sections(master, title):
    text = "".join(f"<section><p>{line}</p></section>" for line in lines_of(master))
    body = f"<header>{list_of(MENU)}</header><article><h1>{title}</h1>{text}</article><section><h3>相关阅读</h3>"
    return page(f"<title>{title}</title>", body + f"{list_of(LINKS)}</section><footer>{BELOW[3]}</footer>")


def advertisements_between(master, title):
    lines = lines_of(master)
    text = "".join(f'<p>{line}</p><div class="ad"><script>show("x")</script>广告</div>' for line in lines)
    return page(
        f"<title>{title}</title>",
        f"<h1>{title}</h1><div>{ABOVE[1]}</div><div id=content>{text}</div><div>{list_of(LINKS)}</div>{BELOW[3]}",
    )


def old_and_unclosed(master, title):
    text = "".join(f"<P>{line}" for line in lines_of(master))
    return page(
        f"<TITLE>{title}</TITLE>",
        f"<CENTER><A HREF=/>首页</A> | <A HREF=/n>新闻</A></CENTER><H2>{title}</H2>{text}<HR>{BELOW[3]}",
        "gb2312",
    )


LAYOUTS = (
    div_soup,
    table_layout,
    nested_lists,
    breaks_in_a_cell,
    no_heading,
    article_with_sections,
    advertisements_between,
    old_and_unclosed,
)
NUMBERS = ("03", "12", "21")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_gives_its_article_and_nothing_of_its_site(layout, number, tmp_path):
    master = damage.read_master(MASTERS / f"{number}.md")
    markup = layout(master, str(master.fields["title"]))
    encoding = "gb18030" if layout is old_and_unclosed else "utf-8"
    (tmp_path / "a.html").write_bytes(markup.encode(encoding))
    (raw,) = read_file(tmp_path / "a.html", tmp_path, LIMIT_BYTES)
    restored = restore(raw)
    assert isinstance(restored, RestoredArticle), restored
    left = [key(line) for line in restored.text.split("\n") if line]
    assert [block for block in master.blocks if key(block) not in left] == []
    furniture = {key(line) for line in (*ABOVE, *BELOW, *LINKS, *MENU, "广告")}
    assert [line for line in left if line in furniture] == []
