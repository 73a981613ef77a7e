// Files of the index come by script tags: each once at a time, under the digest of their edition, again after a failure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIENT } from "./client.mjs";

const globals = /** @type {any} */ (globalThis);

/** A page whose network gives what `served` holds; the addresses that it was asked for are noted. */
async function pageWith(served, script = "https://example.org/base/assets/shanhai/search.js") {
  const asked = [];
  const append = (script) => {
    asked.push(script.src);
    setImmediate(() => {
      const found = served.get(new URL(script.src).pathname);
      if (!found) return script.onerror();
      globals.shanhaiSearch(...found);
      script.onload();
    });
  };
  globals.document = {
    currentScript: { src: script },
    createElement: () => ({ remove: () => undefined }),
    head: { append },
  };
  const { load } = await import(`${new URL("files.js", CLIENT).href}?${Math.random()}`);
  return { load, asked };
}

/** Addresses without the minute of the first file. */
const plain = (asked) => asked.map((address) => address.replace(/(start\.js)\?\d+$/, "$1"));

const START = ["/base/search/start.js", ["start", { digest: "abcd" }]];
const TERM = ["/base/search/terms/00/01.js", ["terms/00/01", "text"]];

test("files are asked for beside the folder of the scripts, under the digest of the first one", async () => {
  const { load, asked } = await pageWith(new Map([START, TERM]));
  assert.equal(await load("terms/00/01"), "text");
  assert.deepEqual(plain(asked), [
    "https://example.org/base/search/start.js",
    "https://example.org/base/search/terms/00/01.js?abcd",
  ]);
});

test("what is asked for twice at a time is fetched once", async () => {
  const { load, asked } = await pageWith(new Map([START, TERM]));
  await Promise.all([load("start"), load("terms/00/01"), load("terms/00/01"), load("start")]);
  assert.equal(asked.length, 2);
});

test("a file that did not come is named, and may come the next time", async () => {
  const served = new Map([START]);
  const { load } = await pageWith(served);
  await assert.rejects(load("terms/00/01"), { name: "SearchFileError", file: "terms/00/01", message: /terms\/00\/01/ });
  served.set(...TERM);
  assert.equal(await load("terms/00/01"), "text");
});

test("without the first file no other one comes, until it does", async () => {
  const served = new Map([TERM]);
  const { load } = await pageWith(served);
  await assert.rejects(load("terms/00/01"), { file: "start" });
  served.set(...START);
  assert.equal(await load("terms/00/01"), "text");
});

test("a file that hands over another one's words did not come", async () => {
  const { load } = await pageWith(new Map([START, [TERM[0], ["terms/00/02", "text"]]]));
  await assert.rejects(load("terms/00/01"), { file: "terms/00/01" });
});

test("two scripts of a page may wait for the same file", async () => {
  const first = await pageWith(new Map([START, TERM]));
  const waiting = first.load("terms/00/01");
  const second = await pageWith(new Map([START, TERM]));
  assert.deepEqual(await Promise.all([waiting, second.load("terms/00/01")]), ["text", "text"]);
});

test("the first file has another address each minute over http, and its own from disk", async () => {
  const { load, asked } = await pageWith(new Map([START]));
  await load("start");
  assert.equal(asked[0], `https://example.org/base/search/start.js?${Math.floor(Date.now() / 60_000)}`);
  await load("start", true);
  assert.equal(asked.length, 2);
  assert.notEqual(asked[0], asked[1]);
  const disk = await pageWith(new Map([["/site/search/start.js", START[1]]]), "file:///site/assets/shanhai/search.js");
  await disk.load("start");
  assert.deepEqual(disk.asked, ["file:///site/search/start.js"]);
});
