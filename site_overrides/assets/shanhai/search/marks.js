// The sought words marked on a page that the search led to, with a note that says so and takes them away again.

import { button, element } from "./drawing.js";
import { occurrences } from "./excerpts.js";
import { parse } from "./query.js";
import { WORDS } from "./words.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./fold.js").Folding} Folding */

/** What holds one line of a text: no sought word crosses its end. */
const LINES = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, figcaption, caption, blockquote, summary";
const HIGHLIGHT = "shanhai-found";
const HIGHLIGHT_NOW = "shanhai-now";

/**
 * @param {string} query
 * @param {() => Promise<Engine>} engineOf
 */
export async function startMarks(query, engineOf) {
  const content = document.querySelector("#__content");
  if (!content) return;
  let engine;
  try {
    engine = await engineOf();
  } catch {
    return; // The page can be read without its marks.
  }
  const { folding } = engine;
  const terms = parse(query, folding).filter(({ negative }) => !negative);
  const folded = terms.map((term) => term.folded);
  const note = element("div", { class: "marks-note", role: "status" });
  let ranges = markAll(content, folded, folding);
  /** Where the reader is: at the first mark of the passage that the address names. */
  let at = placeAimedAt(ranges);

  const tell = (/** @type {string} */ words) => told.replaceChildren(element("bdi", { translate: "no" }, sought), " ", words);
  const mark = () => {
    clearMarked(content);
    ranges = markAll(content, folded, folding);
    point(ranges[at]);
  };
  const step = (/** @type {number} */ by) => {
    at = (Math.max(at, by < 0 ? 0 : -1) + by + ranges.length) % ranges.length;
    showRange(ranges[at]);
    point(ranges[at]);
    tell(WORDS.placeOf(at + 1, ranges.length));
  };
  const clear = () => {
    clearMarked(content);
    note.remove();
    document.removeEventListener("shanhai:script", mark);
    document.documentElement.classList.remove("marked");
    keepWithoutMarks();
  };

  const sought = terms.map(({ text }) => `“${text}”`).join("");
  const told = element("span", {});
  tell(ranges.length ? WORDS.marked(ranges.length) : WORDS.noneMarked);
  note.append(told);
  if (ranges.length > 1) note.append(button(WORDS.previousMark, () => step(-1)), button(WORDS.nextMark, () => step(1)));
  note.append(button(WORDS.clearMarks, clear));
  document.body.append(note);
  document.documentElement.classList.add("marked");
  document.addEventListener("shanhai:script", mark);
  if (ranges.length && at < 0 && !location.hash) step(1);
  else point(ranges[at]);
}

/** The first range in what the address names, -1 where there is none. @param {Range[]} ranges */
function placeAimedAt(ranges) {
  const target = document.querySelector(":target");
  return ranges.findIndex((range) => target?.contains(range.startContainer));
}

/** Let the mark stand out that the reader was led to. @param {Range | undefined} range */
function point(range) {
  const highlights = /** @type {any} */ (globalThis.CSS).highlights;
  if (!highlights || !range) return;
  const one = new /** @type {any} */ (globalThis).Highlight(range);
  one.priority = 1;
  highlights.set(HIGHLIGHT_NOW, one);
}

/**
 * Mark every occurrence; the ranges come in the order of the page.
 * @param {Element} content
 * @param {string[]} folded
 * @param {Folding} folding
 * @returns {Range[]}
 */
function markAll(content, folded, folding) {
  const highlights = /** @type {any} */ (globalThis.CSS).highlights;
  const draw = highlights ? rangesIn : wrapIn;
  const lines = [...linesOf(content).values()].map((texts) => ({
    texts,
    mapped: folding.foldWithMap(texts.map(({ data }) => data).join("")),
  }));
  const spansOf = (/** @type {boolean} */ relaxed) =>
    lines.map(({ texts, mapped }) => ({ texts, spans: occurrences(mapped, folded, relaxed) }));
  const exact = spansOf(false);
  // The search passes over punctuation, too, where nothing else is found.
  const spans = exact.some((line) => line.spans.length) ? exact : spansOf(true);
  const found = spans.flatMap((line) => draw(line.texts, line.spans));
  highlights?.set(HIGHLIGHT, new /** @type {any} */ (globalThis).Highlight(...found));
  return found;
}

/**
 * The texts of the page, line by line.
 * @param {Element} content
 * @returns {Map<Element, Text[]>}
 */
function linesOf(content) {
  const lines = new Map();
  for (const part of content.querySelectorAll(content.querySelector(".text") ? "h1, .text" : ":scope > *")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const line = node.parentElement?.closest(LINES);
      if (!line || node.parentElement?.closest("script, style")) continue;
      if (!lines.has(line)) lines.set(line, []);
      lines.get(line).push(node);
    }
  }
  return lines;
}

/**
 * @param {Text[]} texts
 * @param {[number, number][]} spans
 * @returns {Range[]}
 */
function rangesIn(texts, spans) {
  return spans.map(([start, end]) => {
    const range = new Range();
    range.setStart(...placeIn(texts, start, false));
    range.setEnd(...placeIn(texts, end, true));
    return range;
  });
}

/**
 * The text that holds a place of the line; where two texts meet, the earlier one for an end, the later for a start.
 * @param {Text[]} texts
 * @param {number} place
 * @param {boolean} isEnd
 * @returns {[Text, number]}
 */
function placeIn(texts, place, isEnd) {
  let at = place;
  for (const text of texts) {
    if (at < text.length || (isEnd && at === text.length)) return [text, at];
    at -= text.length;
  }
  const last = texts[texts.length - 1];
  return [last, last.length];
}

/**
 * The same with elements, for browsers that cannot mark without changing the page. A text is replaced in one step by its
 * pieces, as the switch between simplified and traditional characters wants it.
 * @param {Text[]} texts
 * @param {[number, number][]} spans
 * @returns {Range[]}
 */
function wrapIn(texts, spans) {
  const found = [];
  let before = 0;
  for (const text of texts) {
    const { data } = text;
    const pieces = [];
    let at = 0;
    for (const [first, last] of spans) {
      const [start, end] = [Math.max(first - before, 0), Math.min(last - before, data.length)];
      if (start >= end) continue;
      const mark = element("mark", { class: "found" }, data.slice(start, end));
      if (start > at) pieces.push(data.slice(at, start));
      pieces.push(mark);
      at = end;
      if (first >= before) found.push(mark);
    }
    before += data.length;
    if (!pieces.length) continue;
    if (at < data.length) pieces.push(data.slice(at));
    text.replaceWith(...pieces);
  }
  return found.map((mark) => {
    const range = new Range();
    range.selectNodeContents(mark);
    return range;
  });
}

/** @param {Element} content */
function clearMarked(content) {
  for (const name of [HIGHLIGHT, HIGHLIGHT_NOW]) /** @type {any} */ (globalThis.CSS).highlights?.delete(name);
  for (const mark of content.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes);
}

/** @param {Range | undefined} range */
function showRange(range) {
  if (!range) return;
  for (let part = range.startContainer.parentElement?.closest("details"); part; part = part.parentElement?.closest("details"))
    part.open = true;
  const { top, height } = range.getBoundingClientRect();
  scrollBy({ top: top + height / 2 - innerHeight / 3 });
}

/** The address without the sought words, so that a bookmark of it is that of the page. */
function keepWithoutMarks() {
  const rest = new URLSearchParams(location.search);
  rest.delete("h");
  const search = rest.toString();
  try {
    history.replaceState(history.state, "", location.pathname + (search && `?${search}`) + location.hash);
  } catch {
    // The address stays as it was; the marks are gone from the page.
  }
}
