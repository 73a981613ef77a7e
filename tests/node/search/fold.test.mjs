// Texts are folded as the index folds them, and each folded character knows where it came from.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chance, module, one, whole } from "./client.mjs";

const { folding, onlyLetters, runs } = await module("fold");
const CASES = JSON.parse(readFileSync(new URL("../../search_cases/fold.json", import.meta.url), "utf-8"));

test("the shared cases are there", () => assert.ok(CASES.length > 20));

for (const { what, variants, text, folded, runs: expected } of CASES) {
  test(`${what}`, () => {
    const { fold, foldWithMap } = folding(variants);
    assert.equal(fold(text), folded);
    assert.deepEqual(runs(folded), expected);
    assert.equal(foldWithMap(text).folded, folded);
    assert.equal(onlyLetters(foldWithMap(text)).folded, expected.join(""));
  });
}

test("each folded unit points to the characters that it came from", () => {
  const { foldWithMap } = folding("張张");
  const text = "\u3000張 家\u200b港\uff12\u33a1𠮷";
  const { folded, starts, ends } = foldWithMap(text);
  assert.equal(folded, "张家港2m2𠮷");
  const origins = [...starts].map((start, at) => text.slice(start, ends[at]));
  assert.deepEqual(origins, ["張", "家", "港", "\uff12", "\u33a1", "\u33a1", "𠮷", "𠮷"]);
});

test("a character and its marks are one origin, also across what is dropped", () => {
  const { folded, starts, ends } = folding("").foldWithMap("xe\u200b\u0301y");
  assert.equal(folded, "xéy");
  assert.deepEqual(
    [[...starts], [...ends]],
    [
      [0, 1, 4],
      [1, 4, 5],
    ],
  );
});

test("a sign that turns into a mark of the letter before it is no trouble for what stands around", () => {
  const { folded, starts, ends } = folding("").foldWithMap("山a\u00a8水");
  assert.deepEqual([folded, [...starts], [...ends]], ["山ä水", [0, 1, 3], [1, 3, 4]]);
});

test("a plain origin folds to the very units that point to it, whatever the text", () => {
  const { fold, foldWithMap } = folding("東东裏里");
  const random = chance(7);
  const signs = [..."東裏a\uff21 \u3000é\u0301\u200b\uff0c。𠮷\u33a1\ufb01\u1112\u1161\u11ab\uff76\uff9e"];
  for (let turn = 0; turn < 500; turn++) {
    const text = Array.from({ length: whole(random, 12) }, () => one(random, signs)).join("");
    const { folded, starts, ends } = foldWithMap(text);
    assert.equal(folded, fold(text));
    assert.equal(fold(folded), folded);
    for (let at = 0; at < folded.length; at++) {
      assert.ok(fold(text.slice(starts[at], ends[at])).includes(folded[at]), JSON.stringify(text));
      assert.ok(at === 0 || starts[at] >= starts[at - 1]);
    }
  }
});
