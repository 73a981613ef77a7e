// Over an index that the build wrote: each question has the answer that a plain scan of all articles gave.
// SHANHAI_INDEX names the folder of the index, SHANHAI_QUESTIONS a file: [{ query, paths: [...], total }].

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { module } from "./client.mjs";

const { open } = await module("engine");
const INDEX = process.env.SHANHAI_INDEX;
const skip = INDEX ? false : "no index was handed over";

/** @param {string} name */
async function load(name) {
  const path = join(/** @type {string} */ (INDEX), `${name}.js`);
  assert.ok(existsSync(path), `the file ${name} is asked for`);
  const told = [];
  const text = readFileSync(path, "utf-8");
  runInNewContext(text, { shanhaiSearch: (/** @type {string[]} */ ...call) => told.push(call) });
  assert.equal(told.length, 1);
  assert.equal(told[0][0], name);
  return structuredClone(told[0][1]);
}

test("every question is answered as by a scan", { skip }, async () => {
  const questions = JSON.parse(readFileSync(/** @type {string} */ (process.env.SHANHAI_QUESTIONS), "utf-8"));
  const engine = await open(load);
  assert.ok(questions.length > 50);
  for (const { query, paths } of questions) {
    const result = await engine.search(query);
    const hits = await result.page(0, engine.articles);
    assert.deepEqual(hits.map(({ path }) => path).sort(), paths, query);
    assert.ok(result.exact && result.total === hits.length);
  }
});

test("the counts of every facet are those of the articles that its values filter", { skip }, async () => {
  const engine = await open(load);
  for (const facet of engine.facets) {
    const counts = await (await engine.search("")).facetCounts(facet);
    for (const { value, count } of counts) {
      const filtered = await engine.search("", { filters: { [facet]: [value] } });
      assert.equal(filtered.total, count, `${facet} ${value}`);
    }
  }
  assert.equal((await engine.search("")).total, engine.articles);
});

test("places are suggested by characters, traditional forms, initials and English", { skip }, async () => {
  const engine = await open(load);
  for (const typed of ["贵州", "貴州", "guizhou", "gz", "Guizhou"]) {
    const found = await engine.suggest(typed, 20);
    assert.ok(
      found.some(({ path }) => path === "provinces/guizhou/"),
      typed,
    );
  }
});
