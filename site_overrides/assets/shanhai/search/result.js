// What a search found: candidates in order, checked as far as they are shown.

import { candidatesOf } from "./candidates.js";
import { excerpt, occurrences } from "./excerpts.js";
import { runs } from "./fold.js";
import { byDate, byRelevance } from "./ranking.js";

/** @typedef {import("./candidates.js").Candidates} Candidates */
/** @typedef {import("./candidates.js").Lookup} Lookup */
/** @typedef {import("./engine.js").Archive} Archive */
/** @typedef {import("./engine.js").Options} Options */
/** @typedef {import("./excerpts.js").Span} Span */
/** @typedef {import("./facets.js").FacetCount} FacetCount */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./texts.js").Text} Text */

/**
 * An article that was found. `path` ends with a slash and stands below the root of the site; `anchor` is "" where only
 * the title or a name matched. Marks are [start, end) in UTF-16 units of `text` and `title`. `names` are other names of
 * places and the like that have a term which neither the title nor the excerpt shows.
 * @typedef {object} Hit
 * @property {number} article
 * @property {string} path
 * @property {string} title
 * @property {Span[]} titleMarks
 * @property {string} date
 * @property {string} source
 * @property {string} anchor
 * @property {{ text: string, marks: Span[] }} excerpt
 * @property {string[]} names
 */

const NO_HIT = -1;
const LEAST_BATCH = 10;
const LARGEST_BATCH = 80;
const NAMES_SHOWN = 3;
/** A page is given up with what was found when so many articles were checked, or so many for each hit that it wants. */
const CHECKED_AT_LEAST = 30;
const CHECKED_FOR_A_HIT = 3;
/** How many times as many as long as nothing was found. */
const TIMES_FOR_THE_FIRST = 10;

/**
 * @param {Archive} archive
 * @param {Term[]} terms
 * @param {Options} options
 */
export async function resultOf(archive, terms, { filters = {}, sort = "relevance", relaxed = false }) {
  const chosen = Object.entries(filters).filter(
    ([name, values]) => values.length && archive.facets.names.includes(name),
  );
  const reading = Promise.all(chosen.map(([name, values]) => archive.facets.mask(name, values)));
  const candidates = await candidatesOf(archive, terms, relaxed, reading);
  const masks = new Map((await reading).map((mask, at) => [chosen[at][0], mask]));
  return new Result(archive, terms, candidates, Object.fromEntries(chosen), masks, sort, relaxed);
}

/** What a search found. */
export class Result {
  /** Articles that are known to be hits. @type {number[]} */
  #kept = [];
  /** Of those that were checked, the unit that shows them best. @type {Map<number, number>} */
  #units = new Map();
  #checked = 0;
  /** Articles that a check dropped. @type {Set<number>} */
  #dropped = new Set();
  /** How many are not checked yet that may be none. */
  #unsure = 0;
  /** @type {Promise<unknown>} */
  #checking = Promise.resolve();
  #archive;
  #candidates;
  #order;
  #filters;
  #masks;

  /**
   * @param {Archive} archive
   * @param {Term[]} terms
   * @param {Candidates} candidates
   * @param {Record<string, string[]>} filters
   * @param {Map<string, Uint8Array>} masks
   * @param {import("./engine.js").Order} sort
   * @param {boolean} relaxed
   */
  constructor(archive, terms, candidates, filters, masks, sort, relaxed) {
    /** What was searched for. */
    this.terms = terms;
    /** Whether punctuation within terms is passed over. */
    this.relaxed = relaxed;
    /** Whether a term has punctuation: without a hit, the same search with `relaxed: true` may have some. */
    this.canRelax = !relaxed && terms.some(({ folded, negative }) => !negative && runs(folded).join("") !== folded);
    this.#archive = archive;
    this.#candidates = candidates;
    this.#filters = filters;
    this.#masks = masks;
    const left = candidates.articles.filter((article) => [...masks.values()].every((mask) => mask[article]));
    this.#order = ordered(archive, left, candidates.wanted, sort);
    for (const article of left) this.#unsure += Number(this.#isUnsure(article));
    if (!this.#unsure) this.#keepRest();
  }

  /** How many articles were found; where `exact` is false, the most there can be: it falls while hits are checked. */
  get total() {
    return this.#kept.length + this.#order.length - this.#checked;
  }

  /** Whether no check can drop any of them. */
  get exact() {
    return this.#unsure === 0;
  }

  /** How many of the articles that may be hits were looked at, from the first on. */
  get checked() {
    return this.#checked;
  }

  /** How many of them are hits. */
  get kept() {
    return this.#kept.length;
  }

  /** The numbers of the articles in the order asked for, without those that a check dropped. */
  get articles() {
    return Uint32Array.from([...this.#kept, ...this.#order.subarray(this.#checked)]);
  }

  /**
   * The hits from number `from`, at most `size`; each is checked to have what was searched for. Where most articles
   * that may be hits are none, there are fewer on a page, perhaps none, and `exact` is false: `checked` tells how far
   * the check came, and a page that is asked for again, or `check`, goes on.
   * @param {number} from
   * @param {number} size
   * @returns {Promise<Hit[]>}
   */
  async page(from, size) {
    await this.#inTurn(() => this.#keep(from + size));
    return Promise.all(this.#kept.slice(from, from + size).map((article) => this.#hit(article)));
  }

  /**
   * Check all articles; after it `exact` is true, unless it was aborted.
   * @param {(done: number, all: number) => void} [progress]
   * @param {AbortSignal} [signal]
   */
  async check(progress, signal) {
    while (!this.exact && !signal?.aborted) {
      await this.#inTurn(() => this.#checkNext(LARGEST_BATCH / 2));
      progress?.(this.#checked, this.#order.length);
    }
  }

  /**
   * The values of a facet with the numbers of articles found, without empty ones that are not chosen: by count falling,
   * years from the newest. What is chosen of this facet does not narrow its own counts.
   * @param {string} facet
   * @returns {Promise<FacetCount[]>}
   */
  facetCounts(facet) {
    return this.#archive.facets.counts(facet, this.#without(facet), this.#filters[facet] ?? []);
  }

  /** @param {string} facet */
  #without(facet) {
    const mask = new Uint8Array(this.#archive.firstUnits.length - 1);
    const others = [...this.#masks].filter(([name]) => name !== facet).map(([, one]) => one);
    for (const article of this.#candidates.articles) {
      if (!this.#dropped.has(article) && others.every((one) => one[article])) mask[article] = 1;
    }
    return mask;
  }

  /** @param {number} article */
  #isUnsure(article) {
    const { wanted, unwanted } = this.#candidates;
    return (
      wanted.some(({ certain }) => !certain) || unwanted.some((term) => !term.certain && term.unitsIn(article).length)
    );
  }

  /** Check candidates in order until so many hits are known, or so few that it takes too long. @param {number} wanted */
  async #keep(wanted) {
    const before = this.#checked;
    const most = Math.max(CHECKED_AT_LEAST, CHECKED_FOR_A_HIT * (wanted - this.#kept.length));
    for (let size = LEAST_BATCH; this.#kept.length < wanted && this.#checked < this.#order.length; size *= 2) {
      const left = before + most * (this.#kept.length ? 1 : TIMES_FOR_THE_FIRST) - this.#checked;
      if (left <= 0) return;
      await this.#checkNext(Math.min(LARGEST_BATCH, left, Math.max(size, wanted - this.#kept.length)));
    }
  }

  /** One check after the other, whoever asks for it. @param {() => Promise<void>} check */
  #inTurn(check) {
    const done = this.#checking.then(check);
    this.#checking = done.catch(() => undefined);
    return done;
  }

  /** @param {number} size */
  async #checkNext(size) {
    const batch = [...this.#order.subarray(this.#checked, this.#checked + size)];
    const shown = await Promise.all(batch.map((article) => this.#checkedUnit(article)));
    this.#checked += batch.length;
    batch.forEach((article, at) => {
      this.#unsure -= Number(this.#isUnsure(article));
      if (shown[at] === NO_HIT) {
        this.#dropped.add(article);
      } else {
        this.#kept.push(article);
        this.#units.set(article, shown[at]);
      }
    });
    if (!this.#unsure) this.#keepRest();
  }

  #keepRest() {
    for (const article of this.#order.subarray(this.#checked)) this.#kept.push(article);
    this.#checked = this.#order.length;
  }

  /**
   * The unit that shows an article best, -1 where the texts lack a term or have one that they must not.
   * @param {number} article
   */
  async #checkedUnit(article) {
    const { wanted, unwanted } = this.#candidates;
    const units = this.#unitsOf(article);
    const open = new Set(wanted.filter(({ certain }) => !certain));
    let shown = units[0];
    let most = 0;
    for (const unit of open.size ? units : []) {
      if (![...open].some((term) => term.unitsIn(article).some(([one]) => one === unit))) continue;
      const text = await this.#archive.texts.of(unit);
      const there = wanted.filter(({ phrase }) => text.has(phrase, this.relaxed));
      for (const term of there) open.delete(term);
      if (there.length > most) [shown, most] = [unit, there.length];
      if (!open.size) break;
    }
    if (open.size) return NO_HIT;
    for (const term of unwanted) {
      if (!term.certain && (await this.#stands(term, article))) return NO_HIT;
    }
    return shown;
  }

  /** @param {Lookup} term @param {number} article */
  async #stands(term, article) {
    for (const [unit] of term.unitsIn(article)) {
      if ((await this.#archive.texts.of(unit)).has(term.phrase, false)) return true;
    }
    return false;
  }

  /**
   * The units of an article that may show it: those with the most terms first, then with the most weight.
   * @param {number} article
   */
  #unitsOf(article) {
    /** @type {Map<number, [number, number]>} */
    const found = new Map();
    for (const term of this.#candidates.wanted) {
      for (const [unit, weight] of term.unitsIn(article)) {
        const [terms, sum] = found.get(unit) ?? [0, 0];
        found.set(unit, [terms + 1, sum + weight]);
      }
    }
    if (!found.size) return [this.#archive.firstUnits[article]];
    const best = [...found].sort(
      ([one, [terms, sum]], [other, [otherTerms, otherSum]]) => otherTerms - terms || otherSum - sum || one - other,
    );
    return best.map(([unit]) => unit);
  }

  /** @param {number} article @returns {Promise<Hit>} */
  async #hit(article) {
    const units = this.#unitsOf(article);
    const unit = this.#units.get(article) ?? units[0];
    const phrases = this.#candidates.wanted.map(({ phrase }) => phrase);
    const { folding, texts } = this.#archive;
    const text = await texts.of(unit);
    let found = excerpt(text.lines, phrases, folding, undefined, this.relaxed);
    const next = units.find((other) => other !== unit);
    if (!found.terms && next !== undefined) {
      const other = excerpt((await texts.of(next)).lines, phrases, folding, undefined, this.relaxed);
      if (other.terms) found = other;
    }
    const marks = (/** @type {string} */ line) => occurrences(folding.foldWithMap(line), phrases, this.relaxed);
    const { path, title, date, source } = text;
    const titleMarks = marks(title);
    const unseen = phrases.filter(
      (phrase) => ![found.text, title].some((line) => occurrences(folding.foldWithMap(line), [phrase], this.relaxed).length),
    );
    const first = this.#archive.firstUnits[article];
    const naming = unseen.length && units.includes(first) ? await texts.of(first) : text;
    const names = naming.namesWith(unseen, this.relaxed).slice(0, NAMES_SHOWN);
    return {
      article,
      path,
      title,
      titleMarks,
      date,
      source,
      anchor: found.anchor,
      excerpt: { text: found.text, marks: found.marks },
      names,
    };
  }
}

/**
 * @param {Archive} archive
 * @param {Uint32Array} articles
 * @param {Lookup[]} wanted
 * @param {import("./engine.js").Order} sort
 */
function ordered(archive, articles, wanted, sort) {
  if (sort === "relevance" && wanted.length) {
    return byRelevance(
      articles,
      wanted.map((lookup) => lookup.articles),
      archive.firstUnits,
    );
  }
  return byDate(articles, archive.undated, sort === "oldest");
}
