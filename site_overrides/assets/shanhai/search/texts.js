// The words of passages: what hits show, and what phrases are checked against.

import { runs } from "./fold.js";

/** @typedef {import("./engine.js").Load} Load */
/** @typedef {import("./excerpts.js").Line} Line */
/** @typedef {import("./fold.js").Folding} Folding */

/**
 * A passage: of which article, its lines and, if it is the first of the article, the names that are searched with it.
 * `has` tells whether a folded phrase stands in one of its lines, its title or its names.
 * @typedef {object} Text
 * @property {number} article
 * @property {string} path
 * @property {string} title
 * @property {string} date
 * @property {string} source
 * @property {string[]} names
 * @property {Line[]} lines
 * @property {(phrase: string, relaxed: boolean) => boolean} has
 */

const KEPT_TEXTS = 512;

/** The passages of an index, of which those used last are kept at hand. */
export class TextReader {
  /** @param {Load} load @param {Folding} folding */
  constructor(load, folding) {
    this.load = load;
    this.folding = folding;
    /** @type {Map<number, Promise<Text>>} */
    this.texts = new Map();
  }

  /** @param {number} unit @returns {Promise<Text>} */
  of(unit) {
    const kept = this.texts.get(unit);
    const digits = unit.toString(16).padStart(6, "0");
    const text =
      kept ?? this.load(`texts/${digits.slice(0, 2)}/${digits.slice(2)}`).then((file) => textOf(file, this.folding));
    this.texts.delete(unit);
    this.texts.set(unit, text);
    if (!kept) {
      text.catch(() => this.texts.delete(unit));
      if (this.texts.size > KEPT_TEXTS) this.texts.delete(/** @type {number} */ (this.texts.keys().next().value));
    }
    return text;
  }
}

/**
 * @param {[number, string, string, string, string, string[], Line[]]} file
 * @param {Folding} folding
 * @returns {Text}
 */
function textOf([article, path, title, date, source, names, lines], folding) {
  const folded = [title, ...names, ...lines.map(([, , text]) => text)].map(folding.fold);
  /** @param {string} phrase @param {boolean} relaxed */
  const has = (phrase, relaxed) =>
    folded.some((line) => (relaxed ? runs(line).join("").includes(runs(phrase).join("")) : line.includes(phrase)));
  return { article, path, title, date, source, names, lines, has };
}
