// The state of the search page and its address: `?q=…&year=2016-2020&province=guizhou&sort=date&page=2`.

/** @typedef {import("./engine.js").Order} Order */
/** @typedef {{ query: string, filters: Record<string, string[]>, sort: Order | "", page: number }} State */

/** Where a browser lets no script change the address, the state stands behind `#`. */
const FALLBACK = "#?";

export const YEAR_FACET = "year";
const SPAN = /^(\d{4})-(\d{4})$/;
const LONGEST_SPAN_YEARS = 300;

export const FACET_NAMES = ["year", "province", "county", "theme", "pair", "source"];

/**
 * The state that an address holds; what it does not name, or names wrongly, is as if nothing had been chosen.
 * @param {{ search: string, hash: string }} address
 * @returns {State}
 */
export function stateOf({ search, hash }) {
  const held = new URLSearchParams(hash.startsWith(FALLBACK) ? hash.slice(FALLBACK.length) : search);
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const name of FACET_NAMES) {
    const named = name === YEAR_FACET ? held.getAll(name).flatMap(yearsOf) : held.getAll(name).filter((value) => value !== "");
    const values = [...new Set(named)];
    if (values.length) filters[name] = values;
  }
  const sort = held.get("sort") ?? "";
  return {
    query: (held.get("q") ?? "").trim(),
    filters,
    sort: sort === "relevance" || sort === "date" || sort === "oldest" ? sort : "",
    page: Math.max(1, Number.parseInt(held.get("page") ?? "1", 10) || 1),
  };
}

/**
 * The part of an address that holds the state: "" for the empty one.
 * @param {State} state
 */
export function addressOf({ query, filters, sort, page }) {
  const held = new URLSearchParams();
  if (query.trim()) held.append("q", query.trim());
  for (const name of FACET_NAMES)
    for (const value of name === YEAR_FACET ? spansOf(filters[name] ?? []) : (filters[name] ?? [])) held.append(name, value);
  if (sort) held.append("sort", sort);
  if (page > 1) held.append("page", String(page));
  const text = held.toString();
  return text && `?${text}`;
}

/**
 * Put the state into the address: as a new entry of the history, or in place of the present one.
 * @param {State} state
 * @param {boolean} asNew
 */
export function keepState(state, asNew) {
  const wanted = addressOf(state);
  if (wanted === addressOf(stateOf(location))) return;
  try {
    history[asNew ? "pushState" : "replaceState"](null, "", wanted || location.pathname);
  } catch {
    const hash = FALLBACK + wanted.slice(1);
    if (asNew) location.hash = hash;
    else location.replace(hash);
  }
}

/**
 * A state with one value of a facet chosen or no longer chosen, at its first page.
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @returns {State}
 */
export function toggled(state, facet, value) {
  const before = state.filters[facet] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const { [facet]: _, ...others } = state.filters;
  return { ...state, filters: after.length ? { ...others, [facet]: after } : others, page: 1 };
}

/**
 * A state with all years from one to another chosen, and no others; in place of "" no year at all.
 * @param {State} state
 * @param {string} first
 * @param {string} last
 * @returns {State}
 */
export function between(state, first, last) {
  const { [YEAR_FACET]: _, ...others } = state.filters;
  const years = first && last ? yearsOf(first < last ? `${first}-${last}` : `${last}-${first}`) : [];
  return { ...state, filters: years.length ? { ...others, [YEAR_FACET]: years } : others, page: 1 };
}

/**
 * Chosen years as runs of years that follow each other, oldest first; what is no year stands alone, before them.
 * @param {string[]} values
 * @returns {string[][]}
 */
export function yearRuns(values) {
  const years = values.filter((value) => /^\d{4}$/.test(value)).sort();
  /** @type {string[][]} */
  const runs = values.filter((value) => !years.includes(value)).map((value) => [value]);
  for (const [at, year] of years.entries())
    Number(year) - 1 === Number(years[at - 1]) ? runs[runs.length - 1].push(year) : runs.push([year]);
  return runs;
}

/** The years that a value of an address names: one, or all of a span; none of one that goes backwards. @param {string} value */
function yearsOf(value) {
  const span = SPAN.exec(value);
  if (!span) return [value];
  const [first, last] = [Number(span[1]), Number(span[2])];
  const count = Math.max(0, Math.min(last - first + 1, LONGEST_SPAN_YEARS));
  return Array.from({ length: count }, (_, at) => String(first + at).padStart(4, "0"));
}

/** @param {string[]} values */
function spansOf(values) {
  return yearRuns(values).flatMap((run) => (run.length > 2 ? [`${run[0]}-${run[run.length - 1]}`] : run));
}
