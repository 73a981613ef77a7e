// What was typed, as terms.

import { runs } from "./fold.js";

/** @typedef {import("./fold.js").Folding} Folding */

/**
 * `text` as typed, without quotation marks and minus; `folded` as it is compared. `quoted`: it stood in quotation
 * marks. `negative`: articles with it are left out.
 * @typedef {{ text: string, folded: string, quoted: boolean, negative: boolean }} Term
 */

/** So much of what was typed is searched for; no one types more, but an address may hold it. */
const MOST_CHARS = 500;
const BLANKS = /^[\p{Z}\t-\r\x85]+/u;
const UP_TO_BLANK = /^[^\p{Z}\t-\r\x85]+/u;
const MINUS = /^[-\uff0d](?=[^\p{Z}\t-\r\x85])/u;

/** The signs that open a phrase, each with the ones that close it. @type {Record<string, string>} */
const CLOSING = { '"': '"\uff02', "\uff02": '"\uff02', "“": "”", "”": "”“", "「": "」", "『": "』" };

/**
 * The terms of a query: cut at blanks, a phrase in quotation marks whole; an open phrase goes to the end. A quotation
 * mark counts at the start of a term alone: within one it is a sign that the text must have, too. What has no letters
 * is left out.
 * @param {string} query
 * @param {Folding} folding
 * @returns {Term[]}
 */
export function parse(query, folding) {
  /** @type {Map<string, Term>} */
  const terms = new Map();
  for (const { text, quoted, negative } of termsTyped(query.slice(0, MOST_CHARS))) {
    const folded = folding.fold(text);
    const key = `${negative} ${folded}`;
    if (runs(folded).length && !terms.has(key)) terms.set(key, { text, folded, quoted, negative });
  }
  return [...terms.values()];
}

/** @param {string} query */
function* termsTyped(query) {
  let rest = query.replace(BLANKS, "");
  while (rest) {
    const negative = MINUS.test(rest);
    if (negative) rest = rest.slice(1);
    const closing = CLOSING[rest[0]];
    const quoted = closing !== undefined;
    const text = quoted ? phrase(rest.slice(1), closing) : /** @type {RegExpExecArray} */ (UP_TO_BLANK.exec(rest))[0];
    rest = rest.slice(quoted ? text.length + 2 : text.length).replace(BLANKS, "");
    yield { text: text.trim(), quoted, negative };
  }
}

/** @param {string} text @param {string} closing */
function phrase(text, closing) {
  const end = [...text].findIndex((one) => closing.includes(one));
  return end < 0 ? text : [...text].slice(0, end).join("");
}
