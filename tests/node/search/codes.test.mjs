// Numbers come back from the index as they were written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chance, module, whole } from "./client.mjs";
import { BitWriter, scrambled as expected } from "./writer.mjs";

const { BitReader, keyOf, scrambled } = await module("codes");
const { shardOf } = await module("postings");

test("any mixture of codes is read back", () => {
  const random = chance(3);
  for (let turn = 0; turn < 50; turn++) {
    const writer = new BitWriter();
    const numbers = Array.from({ length: whole(random, 300) }, () => {
      const size = 2 ** whole(random, 31);
      const [kind, value, k] = [whole(random, 3), whole(random, size), whole(random, 32)];
      return kind === 2 ? [kind, Math.min(value, 70 * 2 ** k), k] : [kind, kind ? value : value + 1, 31];
    });
    for (const [kind, value, k] of numbers) {
      if (kind === 0) writer.gamma(value);
      else if (kind === 1) writer.fixed(value, k);
      else writer.rice(value, k);
    }
    const reader = new BitReader(writer.text());
    const read = numbers.map(([kind, , k]) =>
      kind === 0 ? reader.gamma() : kind === 1 ? reader.fixed(k) : reader.rice(k),
    );
    assert.deepEqual(
      read,
      numbers.map(([, value]) => value),
    );
  }
});

test("a shard without terms is read", () => {
  const writer = new BitWriter();
  writer.gamma(1);
  writer.fixed(0, 5);
  assert.equal(shardOf(writer.text(), { width: 1, units: 1 }).remainders.length, 0);
});

test("terms are scrambled as the format says, one to one", () => {
  const random = chance(5);
  const keys = [
    0,
    1,
    0xffffffff,
    keyOf(0x4e00, 0),
    keyOf(0xffff, 0xffff),
    ...Array.from({ length: 1000 }, () => whole(random, 2 ** 32)),
  ];
  assert.deepEqual(keys.map(scrambled), keys.map(expected));
  assert.equal(new Set(keys.map(scrambled)).size, new Set(keys).size);
});

test("a damaged file is an error, never an endless loop", () => {
  for (const text of ["", "~", "!!", "~~~~~~", "!!!!!!!!!!!!", '""', "\u4e00\u4e01"]) {
    try {
      shardOf(text, { width: 4, units: 10 });
    } catch (fault) {
      assert.match(/** @type {Error} */ (fault).name, /EditionError/);
    }
  }
  assert.throws(() => shardOf("!!!!!!!!!!!!!!!!!!!!", { width: 4, units: 10 }), { name: "EditionError" });
});
