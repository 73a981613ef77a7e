// What is typed is cut into terms as a reader means it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { module } from "./client.mjs";

const { folding } = await module("fold");
const { parse } = await module("query");

const short = (query) =>
  parse(query, folding("縣县")).map(
    ({ folded, quoted, negative }) => `${negative ? "-" : ""}${quoted ? `[${folded}]` : folded}`,
  );

const CASES = [
  ["", []],
  [" \u3000\n", []],
  ["沿河縣 帮扶", ["沿河县", "帮扶"]],
  ["沿河县\u3000帮扶\u00a0就业", ["沿河县", "帮扶", "就业"]],
  ["Poverty\uff21lleviation", ["povertyalleviation"]],
  ['"East West" 协作', ["[eastwest]", "协作"]],
  ["“东 西部”协作", ["[东西部]", "协作"]],
  ["「东西部」 \uff02协 作\uff02", ["[东西部]", "[协作]"]],
  ['"东西部 协作', ["[东西部协作]"]],
  ["帮扶 -就业 \uff0d“劳务 协作”", ["帮扶", "-就业", "-[劳务协作]"]],
  ["-就业", ["-就业"]],
  ["2019-03 - 帮扶", ["2019-03", "帮扶"]],
  ['\uff0c 。 “” -- ""', []],
  ['帮扶 帮扶 -帮扶 "帮扶"', ["帮扶", "-帮扶"]],
  ["推进“组团式”帮扶", ["推进“组团式”帮扶"]],
  ["𠮷野 \ud83d\ude00", ["𠮷野"]],
];

for (const [query, expected] of CASES) {
  test(`${JSON.stringify(query)} is ${expected.join(" and ") || "nothing"}`, () =>
    assert.deepEqual(short(query), expected));
}

test("a term keeps what was typed", () => {
  assert.equal(parse('"沿河 縣"', folding("縣县"))[0].text, "沿河 縣");
});
