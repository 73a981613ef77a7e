// What to try where nothing was found: each way with what it would find.

import { button, element, pageAddress } from "./drawing.js";
import { FACET_WORDS, WORDS } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Result} Result */
/**
 * @typedef {object} Failure
 * @property {Engine} engine
 * @property {Result} result
 * @property {State} state
 * @property {{ label: (name: string, value: string) => string }} panel
 * @property {URL} root
 * @property {(next: State) => void} go
 * @property {() => boolean} current   whether this is still what the reader asks for
 */

const NAMES_TRIED = 6;
/** Of a word without hits, so many characters from its start, to find names that begin alike. */
const SHORTEST_START = 2;

/**
 * Fill the place with ways that help; those with a number lead to something.
 * @param {HTMLElement} place
 * @param {Failure} failure
 */
export async function emptyHelp(place, failure) {
  const ways = await Promise.all([withoutFilters(failure), oneByOne(failure), withoutQuotes(failure), likeNames(failure)]);
  if (!failure.current()) return;
  const shownWays = [...ways.flat(), element("li", {}, WORDS.tryFewer)];
  place.replaceChildren(element("h2", {}, WORDS.try), element("ul", {}, ...shownWays));
}

/**
 * How many articles a way leads to, in words; "" where it leads to none.
 * @param {Engine} engine
 * @param {string} query
 * @param {Record<string, string[]>} filters
 */
async function foundBy(engine, query, filters) {
  const result = await engine.search(query, { filters });
  const hits = await result.page(0, 1);
  return hits.length ? (result.exact ? WORDS.articles(result.total) : WORDS.atMost(result.total)) : "";
}

/** @param {Failure} failure */
async function withoutFilters({ engine, state, go }) {
  const names = Object.keys(state.filters);
  const ways = names.map((name) => {
    const { [name]: _, ...filters } = state.filters;
    return { label: WORDS.without(FACET_WORDS[name]), filters };
  });
  if (names.length > 1) ways.push({ label: WORDS.withoutAll, filters: {} });
  const counts = await Promise.all(ways.map(({ filters }) => foundBy(engine, state.query, filters)));
  const buttons = ways
    .map(({ label, filters }, at) => counts[at] && wayButton(label, counts[at], () => go({ ...state, filters, page: 1 })))
    .filter(Boolean);
  return buttons.length ? [element("li", {}, WORDS.tryFilters, ...buttons)] : [];
}

/** @param {Failure} failure */
async function oneByOne({ engine, result, state, go }) {
  const wanted = result.terms.filter(({ negative }) => !negative);
  if (result.terms.length < 2) return [];
  const buttons = [];
  for (const filters of Object.keys(state.filters).length ? [state.filters, {}] : [state.filters]) {
    if (buttons.length) break;
    for (const { text, quoted } of wanted) {
      const query = quoted ? `“${text}”` : text;
      const found = await foundBy(engine, query, filters);
      const label = filters === state.filters ? `“${text}”` : WORDS.unlimited(`“${text}”`);
      if (found) buttons.push(typedWay(label, found, () => go({ ...state, query, filters, page: 1 })));
    }
  }
  return buttons.length ? [element("li", {}, WORDS.tryOne, ...buttons)] : [];
}

/** @param {Failure} failure */
async function withoutQuotes({ engine, result, state, go }) {
  if (!result.terms.some(({ quoted }) => quoted)) return [];
  const query = result.terms.map(({ text, negative }) => (negative ? `-${text}` : text)).join(" ");
  const found = await foundBy(engine, query, state.filters);
  return found ? [element("li", {}, wayButton(WORDS.tryNoQuotes, found, () => go({ ...state, query, page: 1 })))] : [];
}

/** Names that begin like a word that was typed. @param {Failure} failure */
async function likeNames({ engine, result, root }) {
  const found = new Map();
  for (const { text, negative } of result.terms) {
    if (negative) continue;
    const characters = [...text];
    for (let size = characters.length; size >= SHORTEST_START && found.size < NAMES_TRIED; size--)
      for (const one of await engine.suggest(characters.slice(0, size).join(""), NAMES_TRIED - found.size)) found.set(one.path, one);
  }
  const links = [...found.values()].map(({ path, label }) => element("a", { href: pageAddress(root, path) }, label));
  return links.length ? [element("li", {}, WORDS.tryElsewhere, ...links.flatMap((link) => [link, " "]))] : [];
}

/**
 * @param {string} label
 * @param {string} found
 * @param {() => void} act
 */
function wayButton(label, found, act) {
  const made = button(`${label} `, act, { class: "search-way" });
  made.append(element("small", {}, found));
  return made;
}

/** The same where the reader's own words are the label: they stay as they were typed. @type {typeof wayButton} */
function typedWay(label, found, act) {
  const made = wayButton(label, found, act);
  made.translate = false;
  return made;
}
