// The modules of the search client, as written or from the script that they are joined to; and chance that is the same
// each time.

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

export const CLIENT = new URL("../../../site_overrides/assets/shanhai/search/", import.meta.url);

/** A script that has set `shanhaiParts` to the exports of all modules, by name. */
const JOINED = process.env.SHANHAI_JOINED;

if (JOINED) runInThisContext(readFileSync(JOINED, "utf-8"), { filename: JOINED });

/** @param {string} name */
export const module = async (name) =>
  JOINED ? /** @type {any} */ (globalThis).shanhaiParts[name] : import(new URL(`${name}.js`, CLIENT).href);

/** Numbers from 0 below 1, the same for the same seed (mulberry32). @param {number} seed */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} random @param {number} below */
export const whole = (random, below) => Math.floor(random() * below);

/** @template T @param {() => number} random @param {T[]} list @returns {T} */
export const one = (random, list) => list[whole(random, list.length)];
