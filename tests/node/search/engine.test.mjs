// The engine finds exactly what a plain scan of all texts finds.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chance, module, one, whole } from "./client.mjs";
import { indexOf, linesOf, namedWords, wordKey } from "./writer.mjs";

const { open } = await module("engine");
const { folding, runs } = await module("fold");
const { keyOf, wordKeyOf } = await module("codes");

const VARIANTS = "東东張张縣县";
const folds = folding(VARIANTS);
const fold = folds.fold;
const all = { fold, runs, variants: VARIANTS };

/** A loader of made files that notes what it is asked for, and fails for the names in `broken`. */
function loading(files, broken = new Set()) {
  const asked = [];
  const load = async (name) => {
    asked.push(name);
    await new Promise((resolve) => setImmediate(resolve));
    if (broken.has(name)) throw new Error(`no ${name}`);
    assert.ok(files.has(name), `the file ${name} is asked for`);
    return structuredClone(files.get(name));
  };
  return { load, asked };
}

const engineOf = (articles, options = {}) => open(loading(indexOf(articles, { ...all, ...options })).load);

function article(number, title, lines, facts = {}) {
  return {
    path: `articles/2019/${number}/`,
    title,
    date: "2019-03-11",
    source: "晨报",
    names: [],
    provinces: [],
    lines: lines.map((text, at) => [`p${at + 1}`, "p", text]),
    ...facts,
  };
}

const LATIN = ["Ab 12", "a-b", "B'1 2A", "1", "a1b"];

/** Articles of few letters, so that much that is searched for nearly stands there. */
function randomArticles(random, count) {
  const letters = [..."山海东西部协作县12ab𠮷"];
  const signs = ["\uff0c", "。", " ", "“", "”", "-"];
  const line = () =>
    Array.from({ length: 1 + whole(random, 24) }, () => one(random, random() < 0.12 ? signs : letters)).join("");
  return Array.from({ length: count }, (_, number) => ({
    path: `articles/${number}/`,
    title: line(),
    date: number < 4 ? "" : `${2015 + Math.floor((number * 6) / count)}-01-01`,
    source: "",
    names: [line(), one(random, LATIN)].filter(() => random() < 0.3),
    provinces: ["gan", "qian", "yue"].filter(() => random() < 0.4),
    lines: Array.from({ length: 1 + whole(random, 5) }, (_, at) => [`p${at + 1}`, random() < 0.2 ? "h" : "p", line()]),
  }));
}

const has = (article, phrase) =>
  linesOf(article).some((line) => fold(line).includes(fold(phrase))) ||
  namedWords(article, fold).includes(runs(fold(phrase)).join(""));

const scanned = (articles, phrase) => articles.flatMap((one, number) => (has(one, phrase) ? [number] : []));

async function found(engine, query, options) {
  const result = await engine.search(query, options);
  const before = result.total;
  await result.check();
  const hits = await result.page(0, 1000);
  assert.ok(result.exact && result.total === hits.length && before >= hits.length);
  assert.deepEqual(
    [...result.articles],
    hits.map((hit) => hit.article),
  );
  return hits.map((hit) => hit.article);
}

const rising = (numbers) => [...numbers].sort((one, other) => one - other);

describe("recall and precision", () => {
  for (const seed of [1, 2, 3]) {
    test(`any part of a text of 1 to 8 letters is found, and nothing else (seed ${seed})`, async () => {
      const random = chance(seed);
      const articles = randomArticles(random, 60);
      const engine = await engineOf(articles, { bits: seed });
      let tried = 0;
      for (let turn = 0; turn < 150; turn++) {
        const drawn = one(random, articles);
        const line = one(random, [...linesOf(drawn), ...drawn.names]);
        const start = whole(random, line.length);
        const phrase = line.slice(start, start + 1 + whole(random, 8)).toWellFormed?.() ?? "";
        if (!runs(fold(phrase)).length || /\ufffd/.test(phrase)) continue;
        assert.deepEqual(rising(await found(engine, `"${phrase}"`)), scanned(articles, phrase), phrase);
        tried++;
      }
      assert.ok(tried > 100);
    });

    test(`several terms, terms that must not be there and filters agree with a scan (seed ${seed})`, async () => {
      const random = chance(100 + seed);
      const articles = randomArticles(random, 80);
      const engine = await engineOf(articles);
      const term = () =>
        Array.from({ length: 1 + whole(random, 4) }, () => one(random, [..."山海东西部协作县"])).join("");
      for (let turn = 0; turn < 60; turn++) {
        const [wanted, unwanted] = [[term(), ...(random() < 0.6 ? [term()] : [])], random() < 0.5 ? [term()] : []];
        const provinces = random() < 0.5 ? ["gan", "yue"].slice(whole(random, 2)) : [];
        const years = random() < 0.3 ? ["2016", "2018"] : [];
        const truth = articles.flatMap((one, number) =>
          wanted.every((phrase) => scanned([one], phrase).length) &&
          !unwanted.some((phrase) => scanned([one], phrase).length) &&
          (!provinces.length || provinces.some((name) => one.provinces.includes(name))) &&
          (!years.length || years.includes(one.date.slice(0, 4)))
            ? [number]
            : [],
        );
        const query = [...wanted, ...unwanted.map((phrase) => `-${phrase}`)].join(" ");
        assert.deepEqual(
          rising(await found(engine, query, { filters: { province: provinces, year: years } })),
          truth,
          query,
        );
      }
    });
  }
});

describe("what is shown", () => {
  const TEXTS = [
    article(0, "无日期的一篇", ["水渠修好了。"], { date: "" }),
    article(1, "老水渠", ["茶叶下山。", "冷库建成。", "水渠通水\uff0c大家高兴。"], {
      date: "2018",
      provinces: ["gan"],
    }),
    article(2, "新来的队伍", ["張家港的队伍来了。", "水渠水渠。"], { date: "2018-05-01", provinces: ["gan", "qian"] }),
    article(3, "茶叶", ["水库里有水\uff0c渠里没有。"], { provinces: ["qian"], names: ["Yanhe", "沿河土家族自治县"] }),
  ];

  test("hits come with title, place, excerpt and marks", async () => {
    const [hit, ...others] = await (await (await engineOf(TEXTS)).search("水渠")).page(0, 10);
    assert.equal(others.length, 2);
    assert.equal(hit.path, "articles/2019/1/");
    assert.deepEqual(hit.titleMarks, [[1, 3]]);
    assert.deepEqual([hit.anchor, hit.date, hit.source, hit.names], ["p3", "2018", "晨报", []]);
    assert.deepEqual(
      hit.excerpt.marks.map(([start, end]) => hit.excerpt.text.slice(start, end)),
      ["水渠"],
    );
  });

  test("a name that the text does not show is named", async () => {
    const [hit] = await (await (await engineOf(TEXTS)).search("yanhe")).page(0, 10);
    assert.deepEqual([hit.article, hit.names, hit.anchor], [3, ["Yanhe"], ""]);
  });

  test("of two terms the one that the text does not show is named, also where another passage shows the first", async () => {
    const lines = ["一".repeat(30), "二".repeat(30), "冷库建成。"];
    const engine = await engineOf([article(0, "题", lines, { names: ["沿河土家族自治县", "Yanhe"] })]);
    for (const [query, names] of [
      ["冷库 yanhe", ["Yanhe"]],
      ["冷库 沿河", ["沿河土家族自治县"]],
      ["冷库", []],
    ]) {
      const [hit] = await (await engine.search(query)).page(0, 10);
      assert.deepEqual([hit.names, hit.anchor], [names, "p3"], query);
    }
  });

  test("a Latin name is found by its whole words, alone or together, and by no part of one", async () => {
    const engine = await engineOf([
      article(0, "题", ["茶叶。"], { names: ["Xi'an City", "East-West", "\uff27uizhou  Province", "H5", "B"] }),
      article(1, "题", ["gz与b在此。"]),
    ]);
    const queries = ["xian", "xi'an", '"xi\'an city"', "xiancity", "east-west", "eastwest", "WEST", "guizhou province"];
    for (const query of [...queries, '"Guizhou Province"', "h5"]) assert.deepEqual(await found(engine, query), [0], query);
    for (const query of ["gu", "zhou", "guizho", "eastwes", "西安"]) assert.deepEqual(await found(engine, query), [], query);
    assert.deepEqual(await found(engine, "gz"), [1]);
    assert.deepEqual(rising(await found(engine, "b")), [0, 1]);
    assert.deepEqual(await found(engine, "茶叶 -guizhou"), []);
  });

  test("a word's key is no pair's", () => {
    for (const word of ["xian", "h5", "b", "guizhouprovince"]) {
      assert.equal(wordKeyOf(word), wordKey(word));
      assert.ok(wordKeyOf(word) >= keyOf(0xe000, 0) && wordKeyOf(word) < keyOf(0xf000, 0));
    }
  });

  test("a title counts more, and of two alike the newer is first", async () => {
    const result = await (await engineOf(TEXTS)).search("水渠");
    assert.equal(result.articles[0], 1);
    const same = await engineOf([0, 1, 2].map((number) => article(number, "同", ["茶叶下山。"])));
    assert.deepEqual([...(await same.search("茶叶")).articles], [2, 1, 0]);
  });

  test("by date the newest or the oldest is first, and undated ones are last", async () => {
    const engine = await engineOf(TEXTS);
    assert.deepEqual(await found(engine, "水", { sort: "date" }), [3, 2, 1, 0]);
    assert.deepEqual(await found(engine, "水", { sort: "oldest" }), [1, 2, 3, 0]);
  });

  test("nothing typed finds all, newest first; terms that must not be there alone leave the others", async () => {
    const engine = await engineOf(TEXTS);
    assert.deepEqual(await found(engine, ""), [3, 2, 1, 0]);
    assert.deepEqual(await found(engine, "-水渠"), [3]);
    assert.deepEqual(await found(engine, "", { filters: { province: ["gan"] } }), [2, 1]);
  });

  test("traditional and full-width forms find the same", async () => {
    const engine = await engineOf(TEXTS);
    assert.deepEqual(await found(engine, "張家港"), await found(engine, "张家港"));
    assert.deepEqual(await found(engine, "\uff39ANHE"), [3]);
  });

  test("unknown facets count for nothing, unknown values match nothing", async () => {
    const engine = await engineOf(TEXTS);
    assert.equal((await engine.search("水", { filters: { colour: ["red"] } })).total, 4);
    assert.equal((await engine.search("水", { filters: { province: ["x"] } })).total, 0);
    assert.equal((await engine.search("水", { filters: { province: [] } })).total, 4);
  });

  test("a facet counts within the other filters, not within its own", async () => {
    const result = await (await engineOf(TEXTS)).search("水", { filters: { province: ["gan"], year: ["2018"] } });
    const short = (counts) => counts.map(({ value, count, chosen }) => `${value} ${count}${chosen ? " x" : ""}`);
    assert.deepEqual(short(await result.facetCounts("province")), ["gan 2 x", "qian 1"]);
    assert.deepEqual(short(await result.facetCounts("year")), ["2018 2 x"]);
    assert.equal(result.total, 2);
  });

  test("the total is the most there can be until all is checked; what is dropped leaves the counts", async () => {
    const near = Array.from({ length: 30 }, (_, number) =>
      article(number, "题", ["山水相依\uff0c水相逢"], { provinces: ["gan"] }),
    );
    const engine = await engineOf([...near, article(30, "题", ["山水相逢。"], { provinces: ["gan"] })]);
    const result = await engine.search("山水相逢");
    assert.deepEqual([result.total, result.exact], [31, false]);
    const steps = [];
    await result.check((done, all) => steps.push([done, all]));
    assert.deepEqual([result.total, result.exact, steps.at(-1)], [1, true, [31, 31]]);
    assert.equal((await result.facetCounts("province"))[0].count, 1);
    assert.deepEqual(
      (await result.page(0, 10)).map((hit) => hit.article),
      [30],
    );
  });

  test("a page with few hits among many candidates is given up in time, and goes on when it is asked for again", async () => {
    const near = Array.from({ length: 900 }, (_, number) =>
      article(number, "题", [number % 50 ? "的人\uff0c事在" : "人的\uff0c在"]),
    );
    const { load, asked } = loading(indexOf(near, all));
    const result = await (await open(load)).search("的\uff0c在");
    const texts = () => new Set(asked.filter((name) => name.startsWith("texts/"))).size;
    let hits = await result.page(0, 10);
    assert.ok(hits.length === 1 && !result.exact && texts() <= 80, `${hits.length} ${texts()}`);
    assert.deepEqual([result.checked, result.kept], [texts(), 1]);
    for (let turn = 0; turn < 20 && hits.length < 10; turn++) hits = await result.page(0, 10);
    assert.equal(hits.length, 10);
    await result.check();
    assert.deepEqual([result.total, result.exact], [18, true]);
  });

  test("as long as nothing was found a page looks further, but not for ever", async () => {
    const near = Array.from({ length: 900 }, (_, number) => article(number, "题", ["的人\uff0c事在"]));
    const result = await (await engineOf(near)).search("的\uff0c在");
    assert.deepEqual(await result.page(0, 10), []);
    assert.deepEqual([result.checked, result.exact], [300, false]);
    await result.check();
    assert.deepEqual([result.total, result.exact], [0, true]);
  });

  test("a check can be given up", async () => {
    const near = Array.from({ length: 90 }, (_, number) => article(number, "题", ["山水相依\uff0c水相逢"]));
    const result = await (await engineOf(near)).search("山水相逢");
    const giveUp = new AbortController();
    await result.check(() => giveUp.abort(), giveUp.signal);
    assert.ok(!result.exact && result.total > 0 && result.total < 90);
  });

  test("pages that are asked for at the same time agree", async () => {
    const many = Array.from({ length: 50 }, (_, number) =>
      article(number, "题", [number % 2 ? "山水相逢" : "山水相依\uff0c水相逢"]),
    );
    const result = await (await engineOf(many)).search("山水相逢");
    const pages = await Promise.all([result.page(10, 10), result.page(0, 10), result.page(20, 10)]);
    assert.deepEqual(
      pages.map((page) => page.length),
      [10, 10, 5],
    );
    assert.equal(new Set(pages.flat().map((hit) => hit.article)).size, 25);
  });

  test("punctuation must be there, and is passed over on request", async () => {
    const engine = await engineOf(TEXTS);
    assert.deepEqual(await found(engine, "水\uff0c渠"), [3]);
    const strict = await engine.search("通水。大家");
    assert.deepEqual([(await strict.page(0, 10)).length, strict.total, strict.canRelax], [0, 0, true]);
    const relaxed = await engine.search("通水。大家", { relaxed: true });
    const [hit] = await relaxed.page(0, 10);
    assert.deepEqual([relaxed.relaxed, relaxed.canRelax, hit.article], [true, false, 1]);
    assert.deepEqual(
      hit.excerpt.marks.map(([start, end]) => hit.excerpt.text.slice(start, end)),
      ["通水\uff0c大家"],
    );
    assert.equal((await engine.search("水渠")).canRelax, false);
  });

  test("an empty archive and an index of another format", async () => {
    const engine = await open(
      loading(new Map([["start", { ...start(), articles: 0, units: 0, counts: "", years: [] }]])).load,
    );
    assert.deepEqual(await found(engine, ""), []);
    await assert.rejects(open(loading(new Map([["start", { ...start(), version: 2 }]])).load), /format 2/);
  });

  const start = () => indexOf(TEXTS, all).get("start");
});

describe("what is read", () => {
  const many = Array.from({ length: 40 }, (_, number) => article(number, "题", ["东西部协作一二三四"]));

  test("a few candidates are found by the pairs that cover the phrase, many by all pairs", async () => {
    const files = indexOf([article(0, "题", ["东西部协作"]), ...many.slice(1, 3)], { ...all, bits: 10 });
    const few = loading(files);
    await (await open(few.load)).search("东西部协作");
    assert.equal(few.asked.filter((name) => name.startsWith("terms/")).length, 3);
    const lots = loading(indexOf(many, { ...all, bits: 10 }));
    await (await open(lots.load)).search("东西部协作");
    assert.equal(lots.asked.filter((name) => name.startsWith("terms/")).length, 4);
  });

  test("a page reads the texts of its hits alone, and what was read is not read again", async () => {
    const { load, asked } = loading(indexOf(many, all));
    const result = await (await open(load)).search("东西部协作");
    await result.page(0, 10);
    await result.page(0, 10);
    assert.equal(asked.filter((name) => name.startsWith("texts/")).length, 10);
    assert.equal(new Set(asked).size, asked.length);
  });

  test("a query without end reads no more files than a long one", async () => {
    const line = Array.from({ length: 3000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join("");
    const { load, asked } = loading(indexOf(Array(12).fill(article(0, "题", [line])), { ...all, bits: 12 }));
    const engine = await open(load);
    assert.equal((await found(engine, line)).length, 12);
    assert.ok(asked.filter((name) => name.startsWith("terms/")).length <= 80);
    await engine.search(`"${line.repeat(40)}`);
  });

  test("a file that did not come may come later", async () => {
    const broken = new Set(["texts/00/0027", "facets/province"]);
    const { load } = loading(indexOf(many, all), broken);
    const result = await (await open(load)).search("东西部协作");
    await assert.rejects(result.page(0, 10), /texts/);
    await assert.rejects(result.facetCounts("province"), /facets/);
    broken.clear();
    assert.equal((await result.page(0, 10)).length, 10);
    assert.deepEqual(await result.facetCounts("province"), []);
  });
});

describe("an archive that was published anew while a page was open", () => {
  const old = Array.from({ length: 30 }, (_, number) => article(number, `旧${number}`, ["东西部协作", "茶叶下山"]));
  const LONG = "山海相依二十年".repeat(4);
  const later = [article(90, "新", [LONG, LONG, LONG], { date: "2001" }), ...old];
  const editions = [old, later].map((articles, bits) => {
    const files = indexOf(articles, { ...all, bits: bits + 1 });
    files.get("start").digest = `edition ${bits}`;
    return files;
  });

  /** A page that holds the first edition's first file while the server has the second. */
  const published = () => {
    let files = editions[0];
    let start = files;
    const load = async (name, anew) => {
      if (name !== "start") return structuredClone(files.get(name));
      if (anew) start = files;
      return structuredClone(start.get(name));
    };
    return { load, publish: () => ([files] = [editions[1]]) };
  };

  test("the next question is answered from the new one", async () => {
    const { load, publish } = published();
    const engine = await open(load);
    publish();
    assert.deepEqual(await found(engine, "山海相依"), [0]);
    assert.equal((await found(engine, "协作")).length, 30);
  });

  test("a text of another article is not shown; what is asked again is answered from the new one", async () => {
    const { load, publish } = published();
    const engine = await open(load);
    const result = await engine.search("协作");
    publish();
    await assert.rejects(result.page(0, 10), { name: "EditionError" });
    assert.deepEqual(
      (await (await engine.search("协作")).page(0, 30)).map(({ title }) => title).sort(),
      old.map(({ title }) => title).sort(),
    );
  });

  test("a fault that a new first file does not explain is told", async () => {
    const files = new Map(editions[0]);
    for (const name of files.keys()) if (name.startsWith("terms/")) files.set(name, "!!!!!!!!!!!!!!!!!!!!");
    await assert.rejects((await open(loading(files).load)).search("协作"), { name: "EditionError" });
  });
});

describe("suggestions", () => {
  const names = [
    ["place", "张家港市", "江苏", "counties/zjg/", 3, ["张家港市", "张家港", "zhangjiagang", "zjg"]],
    ["place", "张家界市", "湖南", "counties/zjj/", 9, ["张家界市", "张家界", "zhangjiajie", "zjj"]],
    ["place", "张家", "", "counties/zj/", 1, ["张家", "zhangjia", "zj"]],
    ["theme", "产业帮扶", "Industry", "themes/x/", 5, ["产业帮扶", "industry"]],
  ];
  const suggested = async (text, limit) =>
    (await (await engineOf([], { names, nameBits: 2 })).suggest(text, limit)).map(
      ({ label, exact, whole }) => `${label} ${exact} ${whole}`,
    );

  test("characters, pinyin, initials and traditional forms lead to a name", async () => {
    for (const text of ["张家港", "zhangjiag", "ZJG", "張家港", "\uff5ajg"])
      assert.match((await suggested(text))[0], /^张家港市/, text);
  });

  test("the name by which one is suggested is told", async () => {
    const engine = await engineOf([], { names, nameBits: 2 });
    const by = async (text) => (await engine.suggest(text, 1)).map((one) => one.by);
    assert.deepEqual([await by("zhangjiag"), await by("张家"), await by("zjg")], [["zhangjiagang"], ["张家"], ["zjg"]]);
  });

  test("a whole name is first, then those with more articles", async () => {
    assert.deepEqual(await suggested("张家"), ["张家 true true", "张家界市 false true", "张家港市 false true"]);
    assert.equal((await suggested("张家", 1)).length, 1);
  });

  test("the last term is looked up, too, unless it must not be there", async () => {
    assert.deepEqual(await suggested("冷库 industry"), ["产业帮扶 true false"]);
    assert.deepEqual(await suggested("冷库 -industry"), []);
    assert.deepEqual(await suggested(" "), []);
  });
});
