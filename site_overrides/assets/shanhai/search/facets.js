// What articles can be filtered by: province, theme, year and the like, with counts.

import { BitReader } from "./codes.js";

/** @typedef {import("./engine.js").Load} Load */
/** @typedef {import("./engine.js").Start} Start */

/** A value of a facet: `english` is "" where there is none, `count` how many of the articles found have it.
 * @typedef {{ value: string, label: string, english: string, count: number, chosen: boolean }} FacetCount */

/**
 * `articles`: the numbers of those that have the value.
 * @typedef {{ value: string, label: string, english: string, articles: Uint32Array }} FacetValue
 */

const YEAR = "year";
const UNDATED = "undated";
const UNDATED_LABEL = "无日期";
const UNDATED_ENGLISH = "undated";

/** The facets of an index, each read once. */
export class FacetReader {
  /** @param {Load} load @param {Start} start */
  constructor(load, start) {
    this.load = load;
    this.start = start;
    this.names = [YEAR, ...start.facets];
    /** @type {Map<string, Promise<FacetValue[]>>} */
    this.read = new Map();
  }

  /** @param {string} name one of `names` @returns {Promise<FacetValue[]>} */
  values(name) {
    const before = this.read.get(name);
    if (before) return before;
    const values =
      name === YEAR ? Promise.resolve(years(this.start.years)) : this.load(`facets/${name}`).then(valuesOf);
    this.read.set(name, values);
    values.catch(() => this.read.delete(name));
    return values;
  }

  /** 1 for each article that has one of the chosen values. @param {string} name @param {string[]} chosen */
  async mask(name, chosen) {
    const mask = new Uint8Array(this.start.articles);
    for (const { value, articles } of await this.values(name)) {
      if (chosen.includes(value)) for (const article of articles) mask[article] = 1;
    }
    return mask;
  }

  /**
   * How many of the articles with a 1 have each value: the most frequent first, years as they are.
   * @param {string} name
   * @param {Uint8Array} mask
   * @param {string[]} chosen
   * @returns {Promise<FacetCount[]>}
   */
  async counts(name, mask, chosen) {
    const counted = (await this.values(name)).map(({ value, label, english, articles }) => {
      let count = 0;
      for (const article of articles) count += mask[article];
      return { value, label, english, count, chosen: chosen.includes(value) };
    });
    const shown = counted.filter(({ count, chosen }) => count || chosen);
    return name === YEAR ? shown : shown.sort((one, other) => other.count - one.count);
  }
}

/** The years from the newest, articles without one last. @param {[string, number][]} counts @returns {FacetValue[]} */
function years(counts) {
  let first = 0;
  const values = counts.map(([year, count]) => {
    const articles = Uint32Array.from({ length: count }, (_, at) => first + at);
    first += count;
    return year
      ? { value: year, label: year, english: "", articles }
      : { value: UNDATED, label: UNDATED_LABEL, english: UNDATED_ENGLISH, articles };
  });
  const undated = values.filter(({ value }) => value === UNDATED);
  return [...values.filter(({ value }) => value !== UNDATED).reverse(), ...undated];
}

/** @param {[[string, string, string, number][], string]} file @returns {FacetValue[]} */
function valuesOf([values, lists]) {
  const bits = new BitReader(lists);
  return values.map(([value, label, english, count]) => {
    const articles = new Uint32Array(count);
    const code = bits.fixed(5);
    let article = -1;
    for (let at = 0; at < count; at++) articles[at] = article += bits.rice(code) + 1;
    return { value, label, english, articles };
  });
}
