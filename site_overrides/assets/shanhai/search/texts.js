// The words of passages: what hits show, and what phrases are checked against.

import { EditionError } from "./codes.js";
import { runs, wordOf, wordsOf } from "./fold.js";

/** @typedef {import("./engine.js").Load} Load */
/** @typedef {import("./excerpts.js").Line} Line */
/** @typedef {import("./fold.js").Folding} Folding */

/**
 * A passage: of which article, its lines and, if it is the first of the article, the names that are searched with it.
 * `has` tells whether a folded phrase stands in one of its lines, its title or its names, `namesWith` in which names;
 * of a name without Chinese characters it must be a whole word.
 * @typedef {object} Text
 * @property {number} article
 * @property {string} path
 * @property {string} title
 * @property {string} date
 * @property {string} source
 * @property {string[]} names
 * @property {Line[]} lines
 * @property {(phrase: string, relaxed: boolean) => boolean} has
 * @property {(phrases: string[], relaxed: boolean) => string[]} namesWith
 */

const KEPT_TEXTS = 512;

/** The passages of an index, of which those used last are kept at hand. */
export class TextReader {
  /** @param {Load} load @param {Folding} folding @param {Uint32Array} articleOf of each unit */
  constructor(load, folding, articleOf) {
    this.load = load;
    this.folding = folding;
    this.articleOf = articleOf;
    /** Whether a text did not come or was another one: the site may have been published anew. */
    this.failed = false;
    /** @type {Map<number, Promise<Text>>} */
    this.texts = new Map();
  }

  /** @param {number} unit @returns {Promise<Text>} */
  of(unit) {
    const kept = this.texts.get(unit);
    const text = kept ?? this.#read(unit);
    this.texts.delete(unit);
    this.texts.set(unit, text);
    if (!kept) {
      text.catch(() => {
        this.failed = true;
        this.texts.delete(unit);
      });
      if (this.texts.size > KEPT_TEXTS) this.texts.delete(/** @type {number} */ (this.texts.keys().next().value));
    }
    return text;
  }

  /** @param {number} unit */
  async #read(unit) {
    const digits = unit.toString(16).padStart(6, "0");
    const file = await this.load(`texts/${digits.slice(0, 2)}/${digits.slice(2)}`);
    if (file[0] !== this.articleOf[unit]) throw new EditionError();
    return textOf(file, this.folding);
  }
}

/**
 * @param {[number, string, string, string, string, string[], Line[]]} file
 * @param {Folding} folding
 * @returns {Text}
 */
function textOf([article, path, title, date, source, written, lines], folding) {
  const names = written.map((name) => ({ name, folded: folding.fold(name), words: new Set(wordsOf(name, folding)) }));
  const folded = [title, ...lines.map(([, , text]) => text)].map(folding.fold);
  /** @param {string} line @param {string} phrase @param {boolean} relaxed */
  const stands = (line, phrase, relaxed) =>
    relaxed ? runs(line).join("").includes(runs(phrase).join("")) : line.includes(phrase);
  /** @param {typeof names[0]} one @param {string} phrase @param {boolean} relaxed */
  const named = (one, phrase, relaxed) =>
    one.words.size ? one.words.has(wordOf(phrase)) : stands(one.folded, phrase, relaxed);
  return {
    article,
    path,
    title,
    date,
    source,
    names: written,
    lines,
    has: (phrase, relaxed) =>
      folded.some((line) => stands(line, phrase, relaxed)) || names.some((one) => named(one, phrase, relaxed)),
    namesWith: (phrases, relaxed) =>
      names.filter((one) => phrases.some((phrase) => named(one, phrase, relaxed))).map(({ name }) => name),
  };
}
