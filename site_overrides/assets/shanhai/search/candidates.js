// The articles that may be what was searched for: all that are, and few that are not.

import { wordKeyOf } from "./codes.js";
import { runs, wordOf } from "./fold.js";
import { common, either, keysOf, NOWHERE } from "./postings.js";
import { byArticle, rankIn } from "./ranking.js";

/** @typedef {import("./engine.js").Archive} Archive */
/** @typedef {import("./query.js").Term} Term */

/**
 * `articles` by rising number.
 * @typedef {{ articles: Uint32Array, wanted: Lookup[], unwanted: Lookup[] }} Candidates
 */

/** So many candidates are checked by their texts as cheaply as further terms are looked up. */
const FEW = 10;
const LETTERS_OF_A_KEY = 2;

/** A term in the index: the units that may have it. */
export class Lookup {
  /** @param {Archive} archive @param {Term} term @param {boolean} relaxed punctuation is passed over */
  constructor(archive, term, relaxed) {
    const letters = runs(term.folded);
    this.archive = archive;
    this.phrase = term.folded;
    this.keys = keysOf(term.folded);
    /** A name's word that the term may be, or "". */
    this.word = wordOf(term.folded);
    /** Whether the index alone tells that a unit has the term. */
    this.certain =
      letters.length === 1 && letters[0].length <= LETTERS_OF_A_KEY && (relaxed || letters[0] === term.folded);
    /** The units that may have it in their lines, and those that may have it as a word of a name. */
    this.inLines = NOWHERE;
    this.asWord = NOWHERE;
    this.postings = NOWHERE;
    this.articles = byArticle(NOWHERE, archive.articleOf);
  }

  async find() {
    const { postings } = this.archive;
    [this.inLines, this.asWord] = await Promise.all([
      postings.all(this.keys.first),
      this.word ? postings.of(wordKeyOf(this.word)) : NOWHERE,
    ]);
    // Another word may have the same key.
    if (this.asWord.units.length) this.certain = false;
    this.#join();
  }

  /** Look up what was left out at first. */
  async narrow() {
    if (!this.keys.later.length || !this.inLines.units.length) return;
    this.inLines = common(this.inLines, await this.archive.postings.all(this.keys.later));
    this.#join();
  }

  #join() {
    this.postings = either(this.inLines, this.asWord);
    this.articles = byArticle(this.postings, this.archive.articleOf);
  }

  /**
   * The units of an article that may have the term, with its weight there.
   * @param {number} article
   * @returns {[number, number][]}
   */
  unitsIn(article) {
    const place = rankIn(this.articles.articles, article);
    if (place < 0) return [];
    const [from, to] = [this.articles.offsets[place], this.articles.offsets[place + 1]];
    return Array.from({ length: to - from }, (_, at) => [
      this.postings.units[from + at],
      this.postings.weights[from + at],
    ]);
  }
}

/**
 * The articles that may have all the wanted terms and none of the others; without wanted terms, all articles.
 * @param {Archive} archive
 * @param {Term[]} terms
 * @param {boolean} relaxed
 * @param {Promise<Uint8Array[]>} masks 1 for each article that a filter lets through
 * @returns {Promise<Candidates>}
 */
export async function candidatesOf(archive, terms, relaxed, masks) {
  const lookups = (/** @type {boolean} */ negative) =>
    terms.filter((term) => term.negative === negative).map((term) => new Lookup(archive, term, relaxed && !negative));
  const [wanted, unwanted] = [lookups(false), lookups(true)];
  const [passed] = await Promise.all([masks, ...[...wanted, ...unwanted].map((lookup) => lookup.find())]);
  const found = matching(archive, wanted, unwanted);
  const left = found.filter((article) => passed.every((mask) => mask[article]));
  if (left.length <= FEW) return { articles: found, wanted, unwanted };
  await Promise.all([...wanted, ...unwanted].map((lookup) => lookup.narrow()));
  return { articles: matching(archive, wanted, unwanted), wanted, unwanted };
}

/** @param {Archive} archive @param {Lookup[]} wanted @param {Lookup[]} unwanted */
function matching(archive, wanted, unwanted) {
  const lists = wanted.map((lookup) => lookup.articles.articles).sort((one, other) => one.length - other.length);
  const all = lists[0] ?? Uint32Array.from({ length: archive.firstUnits.length - 1 }, (_, at) => at);
  const others = lists.slice(1).map((list) => new Set(list));
  const excluded = unwanted.filter((lookup) => lookup.certain).map((lookup) => new Set(lookup.articles.articles));
  return all.filter(
    (article) => others.every((list) => list.has(article)) && !excluded.some((list) => list.has(article)),
  );
}
