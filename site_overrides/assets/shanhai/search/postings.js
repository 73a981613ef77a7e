// Where a term stands: the units (passages) that have it, and how much weight it has there.

import { BitReader, EditionError, keyOf, scrambled } from "./codes.js";
import { runs } from "./fold.js";

/** @typedef {import("./engine.js").Load} Load */
/** @typedef {import("./engine.js").Start} Start */

/**
 * Units by rising number, and the weight of the term in each.
 * @typedef {{ units: Uint32Array, weights: Uint8Array }} Postings
 */

/** The terms of a shard by rising remainder; those of number t have the postings `offsets[t]` to `offsets[t + 1]`.
 * @typedef {Postings & { remainders: Uint32Array, offsets: Uint32Array }} Shard */

const KEPT_SHARDS = 256;
const MOST_FIRST_KEYS = 6;
const MOST_LATER_KEYS = 60;

/** @type {Postings} */
export const NOWHERE = { units: new Uint32Array(0), weights: new Uint8Array(0) };

/**
 * The keys by which a folded phrase is looked up: at first pairs of letters that cover it, evenly chosen where it is
 * long; later the others, if that leaves too many candidates. A letter that stands alone counts at first only where
 * nothing else does.
 * @param {string} folded
 * @returns {{ first: number[], later: number[] }}
 */
export function keysOf(folded) {
  /** @type {Set<number>} */
  const cover = new Set();
  /** @type {Set<number>} */
  const all = new Set();
  const alone = [];
  for (const run of runs(folded)) {
    if (run.length === 1) alone.push(keyOf(run.charCodeAt(0), 0));
    for (let at = 0; at + 1 < run.length; at++) {
      const key = keyOf(run.charCodeAt(at), run.charCodeAt(at + 1));
      all.add(key);
      if (at % 2 === 0 || at === run.length - 2) cover.add(key);
    }
  }
  if (!all.size) return { first: [...new Set(alone)], later: [] };
  const first = new Set(evenly([...cover], MOST_FIRST_KEYS));
  const later = [...new Set([...all, ...alone])].filter((key) => !first.has(key));
  return { first: [...first], later: evenly(later, MOST_LATER_KEYS) };
}

/** @param {number[]} keys @param {number} most */
function evenly(keys, most) {
  if (keys.length <= most) return keys;
  return Array.from({ length: most }, (_, at) => keys[Math.round((at * (keys.length - 1)) / (most - 1))]);
}

/**
 * The units that both have, with the lesser weight.
 * @param {Postings} one
 * @param {Postings} other
 * @returns {Postings}
 */
export function common(one, other) {
  const most = Math.min(one.units.length, other.units.length);
  const units = new Uint32Array(most);
  const weights = new Uint8Array(most);
  let size = 0;
  for (let i = 0, j = 0; i < one.units.length && j < other.units.length;) {
    const difference = one.units[i] - other.units[j];
    if (difference === 0) {
      units[size] = one.units[i];
      weights[size++] = Math.min(one.weights[i], other.weights[j]);
    }
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return { units: units.subarray(0, size), weights: weights.subarray(0, size) };
}

/**
 * The units that one or the other has, with the sum of both weights.
 * @param {Postings} one
 * @param {Postings} other
 * @returns {Postings}
 */
export function either(one, other) {
  if (!other.units.length) return one;
  const units = new Uint32Array(one.units.length + other.units.length);
  const weights = new Uint8Array(units.length);
  let size = 0;
  for (let i = 0, j = 0; i < one.units.length || j < other.units.length; size++) {
    const unit = Math.min(one.units[i] ?? Infinity, other.units[j] ?? Infinity);
    units[size] = unit;
    if (one.units[i] === unit) weights[size] += one.weights[i++];
    if (other.units[j] === unit) weights[size] += other.weights[j++];
  }
  return { units: units.subarray(0, size), weights: weights.subarray(0, size) };
}

/** The postings of an index, of which those used last are kept at hand. */
export class PostingsReader {
  /** @param {Load} load @param {Start} start */
  constructor(load, start) {
    this.load = load;
    this.start = start;
    /** @type {Map<number, Promise<Shard>>} */
    this.shards = new Map();
  }

  /** The units that have all of these terms. @param {number[]} keys @returns {Promise<Postings>} */
  async all(keys) {
    const found = await Promise.all(keys.map((key) => this.of(key)));
    found.sort((one, other) => one.units.length - other.units.length);
    return found.length ? found.reduce(common) : NOWHERE;
  }

  /** The units that have a term. @param {number} key @returns {Promise<Postings>} */
  async of(key) {
    const { bits } = this.start;
    const x = scrambled(key);
    const shard = await this.shard(bits ? x >>> (32 - bits) : 0);
    return postingsOf(shard, bits ? x & (2 ** (32 - bits) - 1) : x);
  }

  /** @param {number} number @returns {Promise<Shard>} */
  shard(number) {
    const kept = this.shards.get(number);
    const digits = number.toString(16).padStart(4, "0");
    const shard =
      kept ?? this.load(`terms/${digits.slice(0, 2)}/${digits.slice(2)}`).then((text) => shardOf(text, this.start));
    this.shards.delete(number);
    this.shards.set(number, shard);
    if (!kept) {
      shard.catch(() => this.shards.delete(number));
      if (this.shards.size > KEPT_SHARDS) this.shards.delete(/** @type {number} */ (this.shards.keys().next().value));
    }
    return shard;
  }
}

/** @param {Shard} shard @param {number} remainder @returns {Postings} */
function postingsOf(shard, remainder) {
  let low = 0;
  let high = shard.remainders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shard.remainders[middle] < remainder) low = middle + 1;
    else high = middle;
  }
  if (shard.remainders[low] !== remainder) return NOWHERE;
  const [from, to] = [shard.offsets[low], shard.offsets[low + 1]];
  return { units: shard.units.subarray(from, to), weights: shard.weights.subarray(from, to) };
}

/**
 * A shard, from its file.
 * @param {string} text
 * @param {{ width: number, units: number }} start
 * @returns {Shard}
 */
export function shardOf(text, { width, units: allUnits }) {
  const bits = new BitReader(text);
  const terms = bits.gamma() - 1;
  const most = bits.end >> 1;
  if (terms > most) throw new EditionError();
  const remainders = new Uint32Array(terms);
  const offsets = new Uint32Array(terms + 1);
  let units = new Uint32Array(Math.max(16, 2 * terms));
  let weights = new Uint8Array(units.length);
  const remainderCode = bits.fixed(5);
  let size = 0;
  let remainder = -1;
  for (let term = 0; term < terms; term++) {
    remainder += bits.rice(remainderCode) + 1;
    remainders[term] = remainder;
    const count = bits.gamma();
    if (count > allUnits) throw new EditionError();
    if (size + count > units.length) {
      units = grown(units, size + count);
      weights = grown(weights, size + count);
    }
    const weighed = bits.fixed(1) === 1;
    if (count === 1) {
      units[size] = bits.fixed(width);
      weights[size++] = weighed ? bits.gamma() : 1;
    } else {
      const gapCode = bits.fixed(5);
      let unit = -1;
      for (let left = count; left; left--) {
        unit += bits.rice(gapCode) + 1;
        units[size] = unit;
        weights[size++] = weighed ? bits.gamma() : 1;
      }
    }
    if (units[size - 1] >= allUnits) throw new EditionError();
    offsets[term + 1] = size;
  }
  return { remainders, offsets, units: units.subarray(0, size), weights: weights.subarray(0, size) };
}

/**
 * @template {Uint32Array | Uint8Array} T
 * @param {T} array
 * @param {number} least
 * @returns {T}
 */
function grown(array, least) {
  const larger = /** @type {T} */ (new /** @type {any} */ (array.constructor)(2 * least));
  larger.set(array);
  return larger;
}
