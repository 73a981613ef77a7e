// Finds articles: from what was typed to ranked, checked hits with excerpts. It knows of no page: what it reads comes
// through `load`.

import { BitReader } from "./codes.js";
import { FacetReader } from "./facets.js";
import { folding } from "./fold.js";
import { PostingsReader } from "./postings.js";
import { parse } from "./query.js";
import { resultOf } from "./result.js";
import { NameReader } from "./suggestions.js";
import { TextReader } from "./texts.js";

/**
 * A file of the index by its name ("start", "terms/03/fa"), as its script hands it over; `anew` if it was asked for
 * before and may have changed since.
 * @typedef {(name: string, anew?: boolean) => Promise<any>} Load
 */

/** @typedef {import("./fold.js").Folding} Folding */
/** @typedef {import("./facets.js").FacetCount} FacetCount */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./result.js").Hit} Hit */
/** @typedef {import("./result.js").Result} Result */
/** @typedef {import("./suggestions.js").Suggestion} Suggestion */

/**
 * The first file of an index; `years` are the numbers of articles by year, oldest first, "" for undated ones.
 * @typedef {object} Start
 * @property {number} version
 * @property {string} digest
 * @property {number} articles
 * @property {number} units
 * @property {number} bits
 * @property {number} width
 * @property {string} counts
 * @property {string} variants
 * @property {[string, number][]} years
 * @property {string[]} facets
 * @property {number} names
 * @property {number} length
 */

/**
 * "date" is newest first; undated articles come last in either order.
 * @typedef {"relevance" | "date" | "oldest"} Order
 */

/**
 * Filters: name of a facet ("province", "county", "theme", "source", "pair", "year") -> its chosen values; unknown
 * names count for nothing, unknown values match nothing. `relaxed`: punctuation within terms is passed over.
 * @typedef {{ filters?: Record<string, string[]>, sort?: Order, relaxed?: boolean }} Options
 */

/**
 * What an archive is searched with: numbers of articles and units, and readers of the files.
 * @typedef {object} Archive
 * @property {Folding} folding
 * @property {Uint32Array} firstUnits     of each article its first unit, and behind the last one the number of units
 * @property {Uint32Array} articleOf      of each unit its article
 * @property {number} undated             the first articles have no date
 * @property {PostingsReader} postings
 * @property {FacetReader} facets
 * @property {TextReader} texts
 * @property {NameReader} names
 * @property {Start} start
 */

/**
 * @typedef {object} Engine
 * @property {number} articles            number of articles of the archive
 * @property {string[]} facets            names of the facets that can be counted and filtered, "year" first
 * @property {Folding} folding            `fold(text)` and `foldWithMap(text)` with the variants of this archive
 * @property {(query: string, options?: Options) => Promise<Result>} search   without terms: all articles, newest first
 * @property {(text: string, limit?: number) => Promise<Suggestion[]>} suggest
 */

const FORMAT = 1;
const SUGGESTIONS = 8;

/**
 * The engine of the archive whose files `load` gives; an index of another format is an error. Where files do not come or
 * do not belong together, the site may have been published anew: the first file is read again, and what was asked is
 * asked once more.
 * @param {Load} load
 * @returns {Promise<Engine>}
 */
export async function open(load) {
  let archive = archiveOf(load, await load("start"));
  /** @template T @param {(archive: Archive) => Promise<T>} question @returns {Promise<T>} */
  const ask = async (question) => {
    if (archive.texts.failed) archive = archiveOf(load, await load("start", true));
    const { digest } = archive.start;
    try {
      return await question(archive);
    } catch (fault) {
      archive = archiveOf(load, await load("start", true));
      if (archive.start.digest === digest) throw fault;
      return question(archive);
    }
  };
  return {
    articles: archive.start.articles,
    facets: archive.facets.names,
    folding: archive.folding,
    search: (query, options = {}) => ask((current) => resultOf(current, parse(query, current.folding), options)),
    suggest: (text, limit = SUGGESTIONS) => ask(({ names }) => names.suggest(text, limit)),
  };
}

/** @param {Load} load @param {Start} start @returns {Archive} */
function archiveOf(load, start) {
  if (start.version !== FORMAT) throw new Error(`the search index has format ${start.version}, ${FORMAT} is read`);
  const folds = folding(start.variants);
  const [firstUnits, articleOf] = numbers(start);
  return {
    folding: folds,
    firstUnits,
    articleOf,
    undated: start.years.filter(([year]) => !year).reduce((sum, [, count]) => sum + count, 0),
    postings: new PostingsReader(load, start),
    facets: new FacetReader(load, start),
    texts: new TextReader(load, folds, articleOf),
    names: new NameReader(load, start, folds),
    start,
  };
}

/** @param {Start} start @returns {[Uint32Array, Uint32Array]} */
function numbers({ articles, units, counts }) {
  const bits = new BitReader(counts);
  const firstUnits = new Uint32Array(articles + 1);
  const articleOf = new Uint32Array(units);
  for (let article = 0; article < articles; article++) {
    firstUnits[article + 1] = firstUnits[article] + bits.gamma();
    articleOf.fill(article, firstUnits[article], firstUnits[article + 1]);
  }
  return [firstUnits, articleOf];
}
