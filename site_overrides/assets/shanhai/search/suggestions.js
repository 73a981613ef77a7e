// Pages that a name leads to, while it is being typed: by its characters, its pinyin, its initials or its English.

import { keyOf, scrambled } from "./codes.js";
import { parse } from "./query.js";

/** @typedef {import("./engine.js").Load} Load */
/** @typedef {import("./engine.js").Start} Start */
/** @typedef {import("./fold.js").Folding} Folding */

/**
 * A page that a name leads to. `by`: the name that was typed or begun, folded; `exact`: it was typed whole; `whole`: all that was typed was looked
 * up, otherwise the last term alone. `path` ends with a slash and stands below the root of the site.
 * @typedef {object} Suggestion
 * @property {"place" | "theme" | "practice" | "pair" | "source" | "phrase" | "page"} kind
 * @property {string} label
 * @property {string} note
 * @property {string} path
 * @property {number} count
 * @property {string} by
 * @property {boolean} exact
 * @property {boolean} whole
 */

/** @typedef {[Suggestion["kind"], string, string, string, number, string[]]} Entry */

/** The names of an index. */
export class NameReader {
  /** @param {Load} load @param {Start} start @param {Folding} folding */
  constructor(load, start, folding) {
    this.load = load;
    this.bits = start.names;
    this.folding = folding;
    /** @type {Map<string, Promise<Entry[]>>} */
    this.buckets = new Map();
  }

  /**
   * Names that begin with what was typed, then those that begin with its last term; of each, whole names first, then
   * those that more articles have.
   * @param {string} text
   * @param {number} limit
   * @returns {Promise<Suggestion[]>}
   */
  async suggest(text, limit) {
    const whole = this.folding.fold(text);
    const last = parse(text, this.folding).at(-1);
    const lastAlone = last && !last.negative && last.folded !== whole && whole.endsWith(last.folded) ? last.folded : "";
    const found = [...(await this.named(whole, true)), ...(await this.named(lastAlone, false))];
    const paths = new Set();
    return found
      .filter(({ path, label }) => !paths.has(`${path} ${label}`) && paths.add(`${path} ${label}`))
      .slice(0, limit);
  }

  /** @param {string} prefix @param {boolean} whole @returns {Promise<Suggestion[]>} */
  async named(prefix, whole) {
    if (!prefix) return [];
    /** @type {Suggestion[]} */
    const found = [];
    for (const [kind, label, note, path, count, keys] of await this.bucket(prefix)) {
      const exact = keys.includes(prefix);
      const by = exact ? prefix : keys.find((key) => key.startsWith(prefix));
      if (by !== undefined) found.push({ kind, label, note, path, count, by, exact, whole });
    }
    return found.sort((one, other) => Number(other.exact) - Number(one.exact) || other.count - one.count);
  }

  /** @param {string} prefix @returns {Promise<Entry[]>} */
  bucket(prefix) {
    const number = this.bits ? scrambled(keyOf(prefix.charCodeAt(0), 0)) & (2 ** this.bits - 1) : 0;
    const name = `names/${number.toString(16).padStart(2, "0")}`;
    const entries = this.buckets.get(name) ?? this.load(name);
    this.buckets.set(name, entries);
    entries.catch(() => this.buckets.delete(name));
    return entries;
  }
}
