// In which order what was found is shown: by relevance (BM25 of whole articles) or by date.

/** @typedef {import("./postings.js").Postings} Postings */

/**
 * The articles that have a term, by rising number: how often (with weights), and where their units stand in the term's
 * postings, `offsets[i]` to `offsets[i + 1]`.
 * @typedef {{ articles: Uint32Array, weights: Uint32Array, offsets: Uint32Array }} Occurrence
 */

// Usual values of BM25 but for the length, which counts less than usual (0.75): a long report is no padded short one.
const SATURATION = 1.2;
const LENGTH_SHARE = 0.4;

/**
 * A term's units as articles.
 * @param {Postings} postings
 * @param {Uint32Array} articleOf
 * @returns {Occurrence}
 */
export function byArticle({ units, weights }, articleOf) {
  const articles = new Uint32Array(units.length);
  const sums = new Uint32Array(units.length);
  const offsets = new Uint32Array(units.length + 1);
  let size = 0;
  for (let at = 0; at < units.length; at++) {
    const article = articleOf[units[at]];
    if (!size || articles[size - 1] !== article) {
      articles[size] = article;
      offsets[size++] = at;
    }
    sums[size - 1] += weights[at];
  }
  offsets[size] = units.length;
  return {
    articles: articles.subarray(0, size),
    weights: sums.subarray(0, size),
    offsets: offsets.subarray(0, size + 1),
  };
}

/**
 * The place of a number in a rising list, -1 where it is not there.
 * @param {Uint32Array} list
 * @param {number} wanted
 */
export function rankIn(list, wanted) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted ? low : -1;
}

/**
 * The articles, the most relevant first, of two alike the newer.
 * @param {Uint32Array} articles by rising number; all of them have all the terms
 * @param {Occurrence[]} terms
 * @param {Uint32Array} firstUnits of each article, and behind the last one the number of units
 * @returns {Uint32Array}
 */
export function byRelevance(articles, terms, firstUnits) {
  const all = firstUnits.length - 1;
  const average = firstUnits[all] / all;
  const scores = new Float64Array(articles.length);
  for (const term of terms) {
    const rarity = Math.log(1 + (all - term.articles.length + 0.5) / (term.articles.length + 0.5));
    for (let at = 0, place = 0; at < articles.length; at++) {
      while (term.articles[place] < articles[at]) place++;
      const length = (firstUnits[articles[at] + 1] - firstUnits[articles[at]]) / average;
      const weight = term.weights[place];
      const damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length);
      scores[at] += (rarity * weight * (SATURATION + 1)) / (weight + damping);
    }
  }
  const order = Uint32Array.from(articles, (_, at) => at);
  order.sort((one, other) => scores[other] - scores[one] || articles[other] - articles[one]);
  return order.map((at) => articles[at]);
}

/**
 * The articles from the newest or from the oldest, those without a date last.
 * @param {Uint32Array} articles by rising number, which is by rising date behind those without one
 * @param {number} undated how many articles of the archive have no date
 * @param {boolean} oldestFirst
 * @returns {Uint32Array}
 */
export function byDate(articles, undated, oldestFirst) {
  if (!oldestFirst) return articles.slice().reverse();
  const first = articles.findIndex((article) => article >= undated);
  if (first <= 0) return articles.slice();
  return Uint32Array.from([...articles.subarray(first), ...articles.subarray(0, first)]);
}
