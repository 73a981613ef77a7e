// The state of the search page and its address: `?q=…&province=guizhou&sort=date&page=2`.

/** @typedef {import("./engine.js").Order} Order */
/** @typedef {{ query: string, filters: Record<string, string[]>, sort: Order | "", page: number }} State */

/** Where a browser lets no script change the address, the state stands behind `#`. */
const FALLBACK = "#?";

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
    const values = [...new Set(held.getAll(name).filter((value) => value !== "" || name === "year"))];
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
  for (const name of FACET_NAMES) for (const value of filters[name] ?? []) held.append(name, value);
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
