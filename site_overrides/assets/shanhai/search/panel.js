// The conditions beside the results: facets with their counts. A facet is read when it is opened or has something chosen.

import { FACET_NAMES, YEAR_FACET, yearRuns } from "./address.js";
import { button, element } from "./drawing.js";
import { FACET_WORDS, UNDATED_WORD, WORDS } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").Result} Result */
/** @typedef {import("./facets.js").FacetCount} FacetCount */
/** @typedef {import("./fold.js").Folding} Folding */
/**
 * What a click does: choose a value or no longer, choose all years from one to another, go to the results.
 * @typedef {object} Acts
 * @property {(facet: string, value: string) => void} toggle
 * @property {(first: string, last: string) => void} span
 * @property {() => void} leave
 */

const FIRST_SHOWN = 12;
/** From so many values on, one finds them by typing; from so many on, by typing alone. */
const MANY = 40;
const TOO_MANY = 200;
const FOUND_SHOWN = 40;
/** What is open is read before anyone asks for it: two, which fill a screen. */
const OPEN_ON_WIDE_SCREENS = [YEAR_FACET, "province"];
/** From the width at which the conditions stand beside the results. */
const WIDE = "(min-width: 60em)";

/**
 * Build the conditions into their place.
 * @param {HTMLDetailsElement} frame   folded up where there is no room beside the results
 * @param {HTMLElement} place
 * @param {Acts} acts
 */
export function startPanel(frame, place, acts) {
  /** @type {{ result: Result, state: State, folding: Folding } | undefined} */
  let now;
  const labels = new Map();
  const whole = new Set();
  /** What is typed to find a value of a facet. @type {Map<string, string>} */
  const typed = new Map();
  const wide = matchMedia(WIDE);
  const done = button("", () => (wide.matches || (frame.open = false), acts.leave()), { class: "facet-done" });

  const fill = async (/** @type {string} */ name) => {
    const mine = now;
    const details = place.querySelector(`[data-facet="${name}"]`);
    const chosen = mine?.state.filters[name] ?? [];
    if (!mine || !(details instanceof HTMLDetailsElement)) return;
    details.dataset.chosen = chosen.length ? String(chosen.length) : "";
    // Where nothing is found, nothing is left to choose, only to take away.
    details.hidden = !mine.result.total && !chosen.length;
    if (details.hidden || !(details.open || chosen.length)) return;
    let counts;
    try {
      counts = await mine.result.facetCounts(name);
    } catch {
      return; // The results stand without it, and opening it again asks again.
    }
    if (mine !== now) return;
    const keyed = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    details.querySelector(".facet-values")?.replaceChildren(...valueParts(name, counts, mine.folding));
    const again = keyed && details.querySelector(`[data-key="${CSS.escape(keyed)}"]`);
    if (again instanceof HTMLElement) again.focus();
  };

  const valueParts = (/** @type {string} */ name, /** @type {FacetCount[]} */ counts, /** @type {Folding} */ folding) => {
    if (!counts.length) return [element("p", { class: "fine" }, WORDS.nobody)];
    const list = element("ul", {});
    const parts = /** @type {HTMLElement[]} */ ([list]);
    const more = moreOf(name, counts);
    const draw = () => {
      list.replaceChildren(...valuesShown(name, counts, folding).map((one) => valueEntry(name, one, acts.toggle)));
      if (more) more.hidden = Boolean(typed.get(name));
    };
    draw();
    if (name === YEAR_FACET && counts.length > 2) parts.unshift(spanChoice(counts, acts.span));
    if (name !== YEAR_FACET && counts.length >= MANY) parts.unshift(finder(name, draw));
    return more ? [...parts, more] : parts;
  };

  /** What stands for the values that are not listed. */
  const moreOf = (/** @type {string} */ name, /** @type {FacetCount[]} */ counts) => {
    const rest = counts.length - FIRST_SHOWN;
    if (rest < 2) return undefined;
    if (counts.length >= TOO_MANY) return element("p", { class: "fine" }, WORDS.moreToFind(rest));
    const flip = () => (whole.delete(name) || whole.add(name), void fill(name));
    return button(whole.has(name) ? WORDS.less : WORDS.more(rest), flip, { class: "facet-more", "data-key": `${name} more` });
  };

  const valuesShown = (/** @type {string} */ name, /** @type {FacetCount[]} */ counts, /** @type {Folding} */ { fold }) => {
    const sought = fold(typed.get(name) ?? "");
    const named = (/** @type {FacetCount} */ { label, english, chosen }) => chosen || fold(label).includes(sought) || fold(english).includes(sought);
    if (sought) return counts.filter(named).slice(0, FOUND_SHOWN);
    const all = whole.has(name) || counts.length <= FIRST_SHOWN + 1;
    return counts.filter(({ chosen }, number) => all || chosen || number < FIRST_SHOWN);
  };

  const finder = (/** @type {string} */ name, /** @type {() => void} */ draw) => {
    const words = WORDS.fewer(FACET_WORDS[name]);
    const field = element("input", { type: "search", class: "facet-find", "aria-label": words, placeholder: words, autocomplete: "off", "data-key": `${name} find` });
    field.value = typed.get(name) ?? "";
    field.addEventListener("input", () => (typed.set(name, field.value.trim()), draw()));
    return field;
  };

  const unfold = () => (frame.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  for (const name of FACET_NAMES) place.append(facetDetails(name, wide.matches, fill));
  place.append(done);

  return {
    /** Get to know the names of what is chosen. @param {Result} result @param {State} state */
    async learn(result, state) {
      const reading = Object.keys(state.filters).map(async (name) => {
        for (const { value, label, chosen } of await result.facetCounts(name)) if (chosen) labels.set(`${name}=${value}`, label);
      });
      await Promise.all(reading);
    },
    /** Whether the names of all that is chosen are known. @param {State} state */
    knows: ({ filters }) => Object.entries(filters).every(([name, values]) => name === YEAR_FACET || values.every((value) => labels.has(`${name}=${value}`))),
    /** @param {Result} result @param {State} state @param {Folding} folding */
    async draw(result, state, folding) {
      now = { result, state, folding };
      done.textContent = WORDS.showFound((result.exact ? WORDS.articles : WORDS.atMost)(result.total));
      await Promise.all(FACET_NAMES.map(fill));
      // At first all come at once, so that none pushes another down.
      place.hidden = false;
    },
    /** The label of a value that was chosen; the value itself where there is no such value. */
    label: (/** @type {string} */ name, /** @type {string} */ value) =>
      labels.get(`${name}=${value}`) ?? (value === "undated" ? UNDATED_WORD : value),
  };
}

/**
 * @param {string} name
 * @param {boolean} wide
 * @param {(name: string) => void} fill
 */
function facetDetails(name, wide, fill) {
  const open = wide && OPEN_ON_WIDE_SCREENS.includes(name);
  const values = element("div", { class: "facet-values" });
  const details = element("details", { "data-facet": name, open }, element("summary", {}, FACET_WORDS[name]), values);
  details.addEventListener("toggle", () => details.open && !values.hasChildNodes() && fill(name));
  return details;
}

/**
 * All years from one to another.
 * @param {FacetCount[]} counts
 * @param {(first: string, last: string) => void} span
 */
function spanChoice(counts, span) {
  const runs = yearRuns(counts.filter(({ chosen }) => chosen).map(({ value }) => value));
  const years = counts.map(({ value }) => value).filter((value) => /^\d+$/.test(value)).sort();
  const chosen = runs.flat().filter((value) => years.includes(value));
  const from = yearSelect(WORDS.yearFrom, years, chosen[0] ?? "");
  const to = yearSelect(WORDS.yearTo, years, chosen[chosen.length - 1] ?? "");
  const first = /** @type {HTMLSelectElement} */ (from.querySelector("select"));
  const last = /** @type {HTMLSelectElement} */ (to.querySelector("select"));
  first.addEventListener("change", () => span(first.value, first.value && (last.value || years[years.length - 1])));
  last.addEventListener("change", () => span(last.value && (first.value || years[0]), last.value));
  return element("div", { class: "facet-span" }, from, to);
}

/** @param {string} word @param {string[]} years @param {string} chosen */
function yearSelect(word, years, chosen) {
  const options = ["", ...years].map((year) => element("option", { value: year, selected: year === chosen }, year || "—"));
  return element("label", {}, word, element("select", { "data-key": `${YEAR_FACET} ${word}` }, ...options));
}

/**
 * @param {string} name
 * @param {FacetCount} one
 * @param {(facet: string, value: string) => void} toggle
 */
function valueEntry(name, { value, label, english, count, chosen }, toggle) {
  const box = element("input", { type: "checkbox", checked: chosen, "data-key": `${name}=${value}` });
  box.addEventListener("change", () => toggle(name, value));
  const words = element("span", { class: "facet-label", title: english || undefined }, label || UNDATED_WORD);
  return element("li", {}, element("label", {}, box, words, element("small", {}, String(count))));
}
