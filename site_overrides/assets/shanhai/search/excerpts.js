// The place of a text that shows best why it was found.

import { onlyLetters, runs } from "./fold.js";

/** @typedef {import("./fold.js").Folding} Folding */
/** @typedef {import("./fold.js").Mapped} Mapped */

/** A line of a text: its anchor on the page, "p" or "h", and its words. @typedef {[string, string, string]} Line */
/** From start to end, without the end, in UTF-16 units. @typedef {[number, number]} Span */
/** A place in the lines: which line, and where in it. @typedef {{ line: number, term: number, span: Span }} Match */
/**
 * `anchor` is "" where no line has a term; `terms`: how many distinct ones are shown.
 * @typedef {{ text: string, marks: Span[], anchor: string, terms: number }} Excerpt
 */

const LEAD_CHARS = 30;
const SHORT_LEAD_CHARS = 12;
const TAIL_CHARS = 16;
const ELLIPSIS = "…";
const SENTENCE_END = /[。\uff01\uff1f\uff1b!?][”’」』\uff09]*/gu;
const CLAUSE_END = /[\uff0c\uff1a、,:][”’」』\uff09]*/gu;
const WORD = /[\p{Script=Latin}\p{N}]/u;

/**
 * The best stretch of the lines: with the most distinct terms, of those the first; about `chars` characters.
 * @param {Line[]} lines
 * @param {string[]} terms folded
 * @param {Folding} folding
 * @param {number} [chars]
 * @param {boolean} [relaxed] punctuation is passed over
 * @returns {Excerpt}
 */
export function excerpt(lines, terms, folding, chars = 90, relaxed = false) {
  const matches = lines.flatMap(([, , text], line) =>
    matchesIn(folding.foldWithMap(text), terms, relaxed).map(({ term, span }) => ({ line, term, span })),
  );
  const { first, distinct } = best(matches, chars - LEAD_CHARS);
  const shown = pieces(lines, first, matches, chars);
  return { ...joined(shown, lines, matches), anchor: first ? lines[first.line][0] : "", terms: distinct };
}

/**
 * Where terms stand in a text, in order, what overlaps as one.
 * @param {Mapped} mapped
 * @param {string[]} terms folded
 * @param {boolean} [relaxed] punctuation is passed over
 * @returns {Span[]}
 */
export function occurrences(mapped, terms, relaxed = false) {
  return merged(matchesIn(mapped, terms, relaxed).map(({ span }) => span));
}

/** The letters of a folded text, without punctuation. @param {string} folded */
export function lettersOf(folded) {
  return runs(folded).join("");
}

/** @param {Mapped} mapped @param {string[]} terms @param {boolean} relaxed @returns {{ term: number, span: Span }[]} */
function matchesIn(mapped, terms, relaxed) {
  const { folded, starts, ends } = relaxed ? onlyLetters(mapped) : mapped;
  /** @type {{ term: number, span: Span }[]} */
  const found = [];
  terms.forEach((written, term) => {
    const wanted = relaxed ? lettersOf(written) : written;
    for (let at = folded.indexOf(wanted); wanted && at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
      found.push({ term, span: [starts[at], ends[at + wanted.length - 1]] });
    }
  });
  return found.sort((one, other) => one.span[0] - other.span[0]);
}

/** @param {Span[]} spans by rising start @returns {Span[]} */
function merged(spans) {
  /** @type {Span[]} */
  const whole = [];
  for (const [start, end] of spans) {
    const last = whole.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
}

/**
 * The match with which the most distinct terms begin to stand within `width` characters.
 * @param {Match[]} matches
 * @param {number} width
 * @returns {{ first: Match | undefined, distinct: number }}
 */
function best(matches, width) {
  /** @type {Map<number, number>} */
  const within = new Map();
  /** @type {Match | undefined} */
  let first;
  let distinct = 0;
  let to = 0;
  matches.forEach((match) => {
    for (; to < matches.length && matches[to].line === match.line && fits(match, matches[to], width); to++) {
      within.set(matches[to].term, (within.get(matches[to].term) ?? 0) + 1);
    }
    if (within.size > distinct) [first, distinct] = [match, within.size];
    const left = (within.get(match.term) ?? 0) - 1;
    left > 0 ? within.set(match.term, left) : within.delete(match.term);
  });
  return { first, distinct };
}

/** @param {Match} one @param {Match} other @param {number} width */
function fits(one, other, width) {
  return one === other || other.span[1] - one.span[0] <= width;
}

/**
 * What is shown: a stretch around the match, and of the following lines what there is room for.
 * @param {Line[]} lines
 * @param {Match | undefined} first
 * @param {Match[]} matches
 * @param {number} chars
 */
function pieces(lines, first, matches, chars) {
  /** @type {{ line: number, start: number, end: number }[]} */
  const shown = [];
  let room = chars;
  for (let line = first?.line ?? 0; line < lines.length && room > chars / 3; line++) {
    const text = lines[line][2];
    const start = shown.length || !first ? 0 : startOf(text, first.span[0]);
    const longest = !shown.length && first ? first.span[1] - start : 0;
    const kept = matches.filter((match) => match.line === line && match.span[1] <= start + room);
    const end = endOf(
      text,
      start + Math.max(room, longest),
      Math.max(longest + start, ...kept.map(({ span }) => span[1])),
    );
    shown.push({ line, start, end });
    room -= end - start;
    if (end < text.length) break;
  }
  return shown;
}

/** Where a stretch begins so that a match is read with what leads to it. @param {string} text @param {number} match */
function startOf(text, match) {
  const from = Math.max(0, match - LEAD_CHARS);
  if (!from) return 0;
  const lead = text.slice(from, match);
  const sentence = [...lead.matchAll(SENTENCE_END)].at(-1);
  if (sentence) return from + sentence.index + sentence[0].length;
  const clause = [...lead.matchAll(CLAUSE_END)][0];
  return clause ? from + clause.index + clause[0].length : uncut(text, Math.max(from, match - SHORT_LEAD_CHARS), -1);
}

/**
 * Where a stretch ends: at a stop not far before the wanted end, not within the last match.
 * @param {string} text
 * @param {number} end
 * @param {number} least
 */
function endOf(text, end, least) {
  if (end >= text.length) return text.length;
  const from = Math.max(least, end - TAIL_CHARS);
  const tail = text.slice(from, end);
  const stop = [...tail.matchAll(SENTENCE_END)].at(-1) ?? [...tail.matchAll(CLAUSE_END)].at(-1);
  return stop ? from + stop.index + stop[0].length : Math.max(uncut(text, end, -1), least);
}

/**
 * The place, or one near it that cuts no word, number or character.
 * @param {string} text
 * @param {number} at
 * @param {1 | -1} step
 */
function uncut(text, at, step) {
  const cuts = (/** @type {number} */ place) =>
    (WORD.test(text[place - 1] ?? "") && WORD.test(text[place] ?? "")) || /[\ud800-\udbff]/.test(text[place - 1] ?? "");
  let place = at;
  while (Math.abs(place - at) < TAIL_CHARS && cuts(place)) place += step;
  return cuts(place) && /[\ud800-\udbff]/.test(text[at - 1] ?? "") ? at - 1 : place;
}

/**
 * @param {{ line: number, start: number, end: number }[]} shown
 * @param {Line[]} lines
 * @param {Match[]} matches
 */
function joined(shown, lines, matches) {
  let text = shown.length && shown[0].start ? ELLIPSIS : "";
  /** @type {Span[]} */
  const spans = [];
  shown.forEach(({ line, start, end }, number) => {
    if (number) text += " ";
    const shift = text.length - start;
    for (const match of matches) {
      const [from, to] = match.span;
      if (match.line === line && from >= start && to <= end) spans.push([from + shift, to + shift]);
    }
    text += lines[line][2].slice(start, end);
  });
  const last = shown.at(-1);
  if (last && last.end < lines[last.line][2].length) text += ELLIPSIS;
  return { text, marks: merged(spans) };
}
