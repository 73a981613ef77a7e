// An excerpt shows the place that says most, and marks it rightly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance, module, one, whole } from "./client.mjs";

const { excerpt, occurrences } = await module("excerpts");
const { folding } = await module("fold");
const folds = folding("張张");

const lines = (...texts) => texts.map((text, at) => [`p${at + 1}`, "p", text]);
const marked = ({ text, marks }) => marks.map(([start, end]) => text.slice(start, end));
const FILLER = "山间的茶园一层一层铺到云里。村口的老树下坐着三个人\uff0c他们在等第一班车。".repeat(4);

test("the words are marked as they are written", () => {
  const found = excerpt(lines("今年 張 家港的队伍来了\uff12次。"), ["张家港", "2次"], folds);
  assert.deepEqual(marked(found), ["張 家港", "\uff12次"]);
  assert.equal(found.anchor, "p1");
});

test("the stretch with the most distinct terms is shown, of equal ones the first", () => {
  const found = excerpt(
    lines(`${FILLER}水渠。`, `${FILLER}冷库和水渠修好了。`, "冷库、水渠。"),
    ["冷库", "水渠"],
    folds,
  );
  assert.deepEqual([found.anchor, found.terms], ["p2", 2]);
  assert.match(found.text, /^…冷库和水渠修好了。/);
});

test("it begins with the sentence where that is near, and shows by dots what is left out", () => {
  const { text } = excerpt(lines(`${FILLER}大家都说冷库好。${FILLER}`), ["冷库"], folds);
  assert.match(text, /^…大家都说冷库好。.*…$/);
  assert.ok(text.length < 130);
});

test("without a sentence near it begins before the match", () => {
  const { text, marks } = excerpt(lines(`${"山".repeat(200)}冷库${"水".repeat(200)}`), ["冷库"], folds);
  assert.match(text, /^…山{12}冷库水+…$/);
  assert.equal(marks.length, 1);
});

test("a heading is shown with what follows it", () => {
  const found = excerpt(
    [
      ["s1", "h", "冷库"],
      ["p1", "p", `建成以后。${FILLER}`],
    ],
    ["冷库"],
    folds,
  );
  assert.match(found.text, /^冷库 建成以后。/);
  assert.equal(found.anchor, "s1");
});

test("where no line has a term the beginning is shown without an anchor", () => {
  const found = excerpt(lines("茶叶下山。", FILLER), ["Yanhe"], folds);
  assert.match(found.text, /^茶叶下山。 山间/);
  assert.deepEqual([found.marks, found.anchor, found.terms], [[], "", 0]);
});

test("nothing is shown of nothing", () => assert.equal(excerpt([], ["冷库"], folds).text, ""));

test("a long phrase is shown whole", () => {
  const phrase = "茶叶水渠冷库".repeat(40);
  const found = excerpt(lines(`${FILLER}${phrase}${FILLER}`), [phrase], folds);
  assert.deepEqual(marked(found), [phrase]);
});

test("what overlaps is one mark", () => {
  assert.deepEqual(occurrences(folds.foldWithMap("水渠水渠道"), ["水渠", "渠水", "渠道"]), [[0, 5]]);
});

test("with punctuation passed over a phrase is marked across it", () => {
  const mapped = folds.foldWithMap("修水渠、建冷库。");
  assert.deepEqual(occurrences(mapped, ["水渠,建"]), []);
  assert.deepEqual(occurrences(mapped, ["水渠,建"], true), [[1, 5]]);
});

test("whatever the text, what is marked folds to a term, and no character is cut", () => {
  const random = chance(11);
  const signs = [..."山水渠冷库張\uff0c。 A1𠮷\u33a1"];
  for (let turn = 0; turn < 300; turn++) {
    const texts = Array.from({ length: 1 + whole(random, 4) }, () =>
      Array.from({ length: whole(random, 160) }, () => one(random, signs)).join(""),
    );
    const terms = ["山", "水渠", "张a", "𠮷", "m2"].slice(whole(random, 4));
    const found = excerpt(lines(...texts), terms, folds, 20 + whole(random, 80));
    assert.ok(found.text.isWellFormed?.() ?? true);
    assert.equal(
      found.terms > 0,
      texts.some((text) => terms.some((term) => folds.fold(text).includes(term))),
    );
    assert.equal(found.marks.length > 0, found.terms > 0);
    for (const part of marked(found))
      assert.ok(
        terms.some((term) => folds.fold(part).includes(term)),
        part,
      );
  }
});
