// How numbers are written in the index: base 91, and a stream of bits with gamma, Rice and fixed-width codes.

const ALPHABET = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)).filter(
  (one) => !'"\\<'.includes(one),
);
const DIGITS = digits();
const BASE = 91;
const VALUE_BITS = 13;
const NOT_A_DIGIT = 255;

function digits() {
  const table = new Uint8Array(128).fill(255);
  ALPHABET.forEach((one, value) => (table[one.charCodeAt(0)] = value));
  return table;
}

/**
 * The stream of bits that a text in base 91 holds.
 * @param {string} text
 * @returns {Uint8Array} with some zeros at its end, so that four more bytes can be looked at
 */
export function bytesOf(text) {
  const bytes = new Uint8Array(((text.length * VALUE_BITS) >> 4) + 8);
  let at = 0;
  let bits = 0;
  let waiting = 0;
  for (let index = 0; index + 1 < text.length; index += 2) {
    const high = DIGITS[text.charCodeAt(index) & 127];
    const low = DIGITS[text.charCodeAt(index + 1) & 127];
    if (high === NOT_A_DIGIT || low === NOT_A_DIGIT) throw new EditionError();
    waiting = ((waiting << VALUE_BITS) | (high * BASE + low)) & 0x1fffff;
    bits += VALUE_BITS;
    while (bits >= 8) {
      bits -= 8;
      bytes[at++] = waiting >>> bits;
    }
  }
  if (bits) bytes[at] = waiting << (8 - bits);
  return bytes;
}

/** Files that do not fit together: the site was published anew since the first one was read, or one is damaged. */
export class EditionError extends Error {
  constructor() {
    super("the files of the search index do not belong together");
    this.name = "EditionError";
  }
}

/** Reads numbers from a stream of bits, the most significant bit first. */
export class BitReader {
  /** @param {string} text the stream in base 91 */
  constructor(text) {
    this.bytes = bytesOf(text);
    this.position = 0;
    this.end = this.bytes.length * 8;
  }

  /** The next 32 bits, which are not passed. */
  ahead() {
    const { bytes, position } = this;
    const at = position >>> 3;
    const shift = position & 7;
    if (position > this.end) throw new EditionError();
    const word = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    return shift ? (word << shift) | (bytes[at + 4] >>> (8 - shift)) : word;
  }

  /** @param {number} width 0 to 32 */
  fixed(width) {
    if (!width) return 0;
    const value = this.ahead() >>> (32 - width);
    this.position += width;
    return value;
  }

  /** A number from 1. */
  gamma() {
    const zeros = Math.clz32(this.ahead());
    if (zeros > 31) throw new EditionError();
    this.position += zeros;
    return this.fixed(zeros + 1);
  }

  /** A number from 0. @param {number} k */
  rice(k) {
    let quotient = 0;
    let ones = Math.clz32(~this.ahead());
    while (ones === 32) {
      quotient += ones;
      this.position += ones;
      ones = Math.clz32(~this.ahead());
    }
    this.position += ones + 1;
    return (quotient + ones) * 2 ** k + this.fixed(k);
  }
}

/**
 * The scrambled form of a term, one to one: its high bits name the shard, the others the term there.
 * @param {number} key
 * @returns {number} 0 to 2^32 - 1
 */
export function scrambled(key) {
  let x = key ^ (key >>> 16);
  x = Math.imul(x, 0x9e3779b1);
  x ^= x >>> 15;
  x = Math.imul(x, 0x85ebca77);
  return (x ^ (x >>> 13)) >>> 0;
}

/**
 * A word of a name as a term. Other words may share its key, pairs of letters do not: its high bits are no letter's.
 * @param {string} word folded
 */
export function wordKeyOf(word) {
  let x = 0;
  for (let at = 0; at < word.length; at++) x = scrambled(x ^ word.charCodeAt(at));
  return ((x >>> 4) | 0xe0000000) >>> 0;
}

/**
 * Two adjacent letters as a term, or one letter alone.
 * @param {number} first as a UTF-16 unit
 * @param {number} second the same, 0 for one letter alone
 */
export function keyOf(first, second) {
  return ((first << 16) | second) >>> 0;
}
