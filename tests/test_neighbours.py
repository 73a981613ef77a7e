"""What to read beside an article: of the same pair, month and theme, and with passages in common."""

from __future__ import annotations

import msgspec

from pages_fixture import archive, article, views_of
from shanhai.records import Article, Section
from shanhai.relate.compilations import sections_about, sections_on
from shanhai.relate.facts import month, pair_keys, province_themes
from shanhai.relate.neighbours import MOST_EACH, Neighbours, neighbours
from shanhai.relate.views import view

LONG = (
    "远山的信写得很慢\uff0c写信的人把每一天的天气都记下来\uff0c也记下谁家修好了屋顶、谁家的孩子考上了学校。"
    "信的末尾总有一张清单\uff0c列着下个月要用的种子、药品和课本\uff0c由山那边的伙伴照单备齐\uff0c再一站一站送进来。"
    "有一年雪下得早\uff0c邮车停在半路\uff0c信在站房里躺了四十天\uff0c送到时人们围着火塘读了一遍又一遍。"
)


def of(near: Neighbours) -> list[Article]:
    """All neighbours of all kinds."""
    return [*(one for one, _ in near.of_pair), *near.similar, *near.of_month, *(one for one, _ in near.of_theme)]


def test_each_neighbour_shares_what_it_stands_under() -> None:
    views = view(archive(range(60)))
    for identity, near in neighbours(views).items():
        one = views.by_id[identity]
        assert all(key in pair_keys(one) and key in pair_keys(other) for other, key in near.of_pair)
        assert all(key in province_themes(one) and key in province_themes(other) for other, key in near.of_theme)
        assert all(month(other) == month(one) != "" for other in near.of_month)


def test_no_article_is_offered_twice_nor_itself_and_at_most_five_of_a_kind() -> None:
    for identity, near in neighbours(view(archive(range(60)))).items():
        ids = [one.id for one in of(near)]
        assert len(ids) == len(set(ids))
        assert identity not in ids
        assert max(map(len, (near.of_pair, near.similar, near.of_month, near.of_theme))) <= MOST_EACH


def test_another_printing_of_the_article_is_no_neighbour_of_it() -> None:
    whole = archive(range(24))
    first, second = (one for one in whole.articles if one.described.date_edtf == "2017-03-08")
    marked = msgspec.structs.replace(first, reprints=(second.id,))
    articles = tuple(marked if one is first else one for one in whole.articles)
    near = neighbours(view(msgspec.structs.replace(whole, articles=articles)))[first.id]
    assert second.id not in {one.id for one in of(near)}


def test_articles_that_share_a_passage_are_alike_and_a_set_phrase_makes_nobody_alike() -> None:
    told = [bare(number, f"第{number}封。{LONG}这是第{number}封的结尾。") for number in range(2)]
    other = bare(3, "完全不同的一段话\uff0c说的是河边的磨坊和磨坊主人的三个儿子。")
    near = neighbours(views_of(*told, other))
    assert [one.id for one in near[told[0].id].similar] == [told[1].id]
    assert near[other.id].similar == ()
    many = [bare(number, f"第{number}封。{LONG}这是第{number}封的结尾。") for number in range(30)]
    assert all(one.similar == () for one in neighbours(views_of(*many)).values())


def test_a_section_counts_where_the_article_as_a_whole_does_not() -> None:
    sections = tuple(
        Section(heading=name, start=number, end=number + 1, places=(code,), themes=(label,))
        for number, (name, code, label) in enumerate(
            [
                ("甘肃", "620000", "产业帮扶"),
                ("青海", "630000", "产业帮扶"),
                ("宁夏", "640000", "教育帮扶"),
                ("新疆", "650000", "产业帮扶"),
            ]
        )
    )
    one = msgspec.structs.replace(
        article(3), annotations=msgspec.structs.replace(article(3).annotations, sections=sections)
    )
    assert [section.heading for section in sections_about(one, "640000")] == ["宁夏"]
    assert [section.heading for section in sections_on(one, "教育帮扶")] == ["宁夏"]
    assert sections_on(one, "产业帮扶") == ()
    assert sections_about(one, "110000") == ()


def bare(number: int, text: str) -> Article:
    """An article of this text that shares no pair, theme or month with another."""
    one = article(number, text=text)
    described = msgspec.structs.replace(one.described, date=None, date_edtf="")
    none = msgspec.structs.replace(one.annotations, places=(), pairs=(), themes=(), practices=(), figures=())
    return msgspec.structs.replace(one, described=described, annotations=none)
