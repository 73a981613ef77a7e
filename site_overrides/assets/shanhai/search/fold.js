// Texts as they are compared: widths, cases, traditional and simplified characters alike, without blanks.

/**
 * A folded text, and for each of its UTF-16 units where the characters that it came from start and end in the text.
 * @typedef {{ folded: string, starts: Uint32Array, ends: Uint32Array }} Mapped
 */

/** @typedef {{ fold: (text: string) => string, foldWithMap: (text: string) => Mapped }} Folding */

const LAST_SIGMA = "\u03c2";
const SIGMA = "\u03c3";
const DROPPED = /[\p{Z}\p{Cc}\p{Cf}\p{Variation_Selector}]/gu;
// Planes 2 and 3 are Han, also where the browser does not know the character yet.
const RUNS = /[\p{L}\p{N}\p{M}\u{20000}-\u{3ffff}]+/gu;

// A character with all that normalisation may join to it, also across what is dropped: marks, half-width voicing marks,
// parts of Hangul syllables.
const CHUNKS =
  /[^](?:[\p{Z}\p{Cc}\p{Cf}]{0,8}[\p{M}\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7fb\u3131-\u318e\uffa0-\uffdc])*/gu;
// Nothing joins across a Han character.
const STRETCHES = /[\u4e00-\u9fff]|[^\u4e00-\u9fff]+/g;
// A letter of a script without capitals, as Chinese is.
const UNCASED = /[\p{Lo}\u{20000}-\u{3ffff}]/u;
const NAME_CUTS = /[\t-\r\x1c- \x85\xa0\u2000-\u2015\u3000-]+/;
const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;

/**
 * The folding with the variants of an archive: a string of pairs, a character and the one that stands for it.
 * @param {string} variants
 * @returns {Folding}
 */
export function folding(variants) {
  const table = variantTable(variants);
  return { fold: (text) => folded(text, table), foldWithMap: (text) => foldedWithMap(text, table) };
}

/**
 * The stretches of letters of a folded text.
 * @param {string} text
 * @returns {string[]}
 */
export function runs(text) {
  return text.match(RUNS) ?? [];
}

/**
 * A folded text as a word, which is its letters; "" where it has Chinese characters.
 * @param {string} text
 */
export function wordOf(text) {
  return UNCASED.test(text) ? "" : runs(text).join("");
}

/**
 * The words of a name without Chinese characters: each part between blanks and hyphens, and all of them together.
 * @param {string} name
 * @param {Folding} folds
 * @returns {string[]}
 */
export function wordsOf(name, folds) {
  if (!wordOf(folds.fold(name))) return [];
  const parts = name.split(NAME_CUTS).map((part) => wordOf(folds.fold(part)));
  return [...parts, parts.join("")].filter(Boolean);
}

/**
 * A folded text without all that is no letter.
 * @param {Mapped} mapped
 * @returns {Mapped}
 */
export function onlyLetters({ folded, starts, ends }) {
  const kept = [...folded.matchAll(RUNS)].flatMap((run) => Array.from(run[0].split(""), (_, at) => run.index + at));
  return {
    folded: runs(folded).join(""),
    starts: Uint32Array.from(kept, (at) => starts[at]),
    ends: Uint32Array.from(kept, (at) => ends[at]),
  };
}

/** @param {string} variants */
function variantTable(variants) {
  const characters = [...variants];
  /** @type {Map<string, string>} */
  const table = new Map();
  for (let at = 0; at + 1 < characters.length; at += 2) table.set(characters[at], characters[at + 1]);
  return table;
}

/** @param {string} text @param {Map<string, string>} table */
function folded(text, table) {
  const lower = text.normalize("NFKC").toLowerCase().replaceAll(LAST_SIGMA, SIGMA);
  let replaced = "";
  for (const one of lower.replace(DROPPED, "").normalize("NFKC")) replaced += table.get(one) ?? one;
  return replaced;
}

/** @param {string} text @param {Map<string, string>} table @returns {Mapped} */
function foldedWithMap(text, table) {
  const whole = folded(text, table);
  return origins(text, CHUNKS, whole, table) ?? origins(text, STRETCHES, whole, table) ?? wide(whole, text.length);
}

/**
 * Where each unit of the folded text came from, as exactly as the pieces are small; nothing where the pieces, folded
 * one by one, do not make up the whole.
 * @param {string} text
 * @param {RegExp} piece
 * @param {string} whole
 * @param {Map<string, string>} table
 * @returns {Mapped | undefined}
 */
function origins(text, piece, whole, table) {
  const starts = new Uint32Array(whole.length);
  const ends = new Uint32Array(whole.length);
  let size = 0;
  for (const { 0: written, index } of text.matchAll(piece)) {
    const length = foldedChunk(written, table).length;
    starts.fill(index, size, size + length);
    ends.fill(index + written.length, size, size + length);
    size += length;
  }
  return size === whole.length ? { folded: whole, starts, ends } : undefined;
}

/**
 * Each unit as wide as the text: too much is marked, never a wrong place.
 * @param {string} whole
 * @param {number} length
 * @returns {Mapped}
 */
function wide(whole, length) {
  return { folded: whole, starts: new Uint32Array(whole.length), ends: new Uint32Array(whole.length).fill(length) };
}

/** @param {string} chunk @param {Map<string, string>} table */
function foldedChunk(chunk, table) {
  const code = chunk.charCodeAt(0);
  if (chunk.length === 1 && code >= FIRST_HAN && code <= LAST_HAN) return table.get(chunk) ?? chunk;
  return folded(chunk, table);
}
