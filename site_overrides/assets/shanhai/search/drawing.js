// What the search shows, as elements. Every text becomes a text node, never HTML.

import { occurrences } from "./excerpts.js";
import { WORDS } from "./words.js";

/** @typedef {import("./engine.js").Hit} Hit */
/** @typedef {import("./engine.js").Result} Result */
/** @typedef {import("./fold.js").Folding} Folding */
/** @typedef {[number, number][]} Marks */
/** Where the sought words stand in a text. @typedef {(text: string) => Marks} Marker */

/**
 * An element with attributes (true: there, false or undefined: not) and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  made.append(...children);
  return made;
}

/**
 * A button with a name and what it does.
 * @param {string} label
 * @param {() => void} act
 * @param {Record<string, string | boolean | undefined>} [attributes]
 */
export function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * A text of the index in the characters that the reader chose.
 * @param {string} text
 * @returns {string}
 */
export function shown(text) {
  return /** @type {any} */ (globalThis).shanhaiShown?.(text) ?? text;
}

/**
 * The same with the sought words marked. Where the other characters take more or less room, nothing is marked wrong.
 * @param {string} text
 * @param {Marks} marks
 * @returns {(Node | string)[]}
 */
export function markedText(text, marks) {
  const whole = shown(text);
  if (whole.length !== text.length) return [whole];
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(whole.slice(at, start), element("mark", {}, whole.slice(start, end)));
    at = end;
  }
  return [...parts, whole.slice(at)];
}

/**
 * What marks the words of a search in a text that comes without marks.
 * @param {Folding} folding
 * @param {Result} result
 * @returns {Marker}
 */
export function markerOf(folding, { terms, relaxed }) {
  const wanted = terms.filter(({ negative }) => !negative).map(({ folded }) => folded);
  return (text) => occurrences(folding.foldWithMap(text), wanted, relaxed);
}

/**
 * The names by which an article was found where its text does not show why.
 * @param {string[]} names
 * @param {Marker} marker
 * @returns {(Node | string)[]}
 */
export function markedNames(names, marker) {
  const parts = names.flatMap((name, number) => [number ? "、" : "", ...markedText(name, marker(name))]);
  return [shown(WORDS.known), ...parts];
}

/**
 * The address of a page of the site, from the web and from disk alike.
 * @param {URL} root
 * @param {string} path
 */
export function pageAddress(root, path) {
  return new URL(path === "" || path.endsWith("/") ? `${path}index.html` : path, root).href;
}

/**
 * Where a hit leads: to the paragraph, on a page that marks what was sought.
 * @param {URL} root
 * @param {Hit} hit
 * @param {string} query
 */
export function hitAddress(root, hit, query) {
  const sought = query ? `?${new URLSearchParams({ h: query })}` : "";
  return pageAddress(root, hit.path) + sought + (hit.anchor && `#${hit.anchor}`);
}

/**
 * Date and source of a hit, one line.
 * @param {Hit} hit
 * @param {string} undated
 */
export function hitFacts(hit, undated) {
  return [hit.date || undated, hit.source].filter(Boolean).map(shown).join(" · ");
}

/**
 * A hit as an entry of a list. On paper, the address of the article is printed without the sought words.
 * @param {URL} root
 * @param {Hit} hit
 * @param {string} query
 * @param {string} undated
 * @param {Marker} marker
 */
export function hitEntry(root, hit, query, undated, marker) {
  const addresses = { href: hitAddress(root, hit, query), "data-printed": hitAddress(root, hit, "") };
  const title = element("a", addresses, ...markedText(hit.title, hit.titleMarks));
  const entry = element("li", { translate: "no" }, element("h2", {}, title));
  entry.append(element("p", { class: "found-facts" }, hitFacts(hit, undated)));
  if (hit.names.length)
    entry.append(element("p", { class: "found-names" }, ...markedNames(hit.names, marker)));
  if (hit.excerpt.text)
    entry.append(element("p", { class: "found-text" }, ...markedText(hit.excerpt.text, hit.excerpt.marks)));
  return entry;
}
