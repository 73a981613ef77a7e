// The conditions beside the results: facets with their counts. A facet is read when it is opened or has something chosen.

import { FACET_NAMES } from "./address.js";
import { button, element } from "./drawing.js";
import { FACET_WORDS, UNDATED_WORD, WORDS } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").Result} Result */
/** @typedef {import("./facets.js").FacetCount} FacetCount */

const FIRST_SHOWN = 12;
const OPEN_ON_WIDE_SCREENS = ["year", "province", "theme"];
/** From the width at which the conditions stand beside the results. */
const WIDE = "(min-width: 60em)";

/**
 * Build the conditions into their place.
 * @param {HTMLDetailsElement} frame   folded up where there is no room beside the results
 * @param {HTMLElement} place
 * @param {(facet: string, value: string) => void} toggle   what a click on a value does
 * @param {() => void} labelled   called when labels of chosen values have come
 */
export function startPanel(frame, place, toggle, labelled) {
  /** @type {{ result: Result, state: State } | undefined} */
  let now;
  const labels = new Map();
  const whole = new Set();
  const wide = matchMedia(WIDE);

  const fill = async (/** @type {string} */ name) => {
    const mine = now;
    const details = place.querySelector(`[data-facet="${name}"]`);
    const chosen = mine?.state.filters[name] ?? [];
    if (!mine || !(details instanceof HTMLDetailsElement) || !(details.open || chosen.length)) return;
    let counts;
    try {
      counts = await mine.result.facetCounts(name);
    } catch {
      return; // The results stand without it, and opening it again asks again.
    }
    if (mine !== now) return;
    for (const { value, label } of counts) labels.set(`${name}=${value}`, label || UNDATED_WORD);
    const keyed = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    details.querySelector(".facet-values")?.replaceChildren(...valueList(name, counts));
    const again = keyed && details.querySelector(`[data-key="${CSS.escape(keyed)}"]`);
    if (again instanceof HTMLElement) again.focus();
    if (chosen.length) labelled();
  };

  const valueList = (/** @type {string} */ name, /** @type {FacetCount[]} */ counts) => {
    const all = whole.has(name) || counts.length <= FIRST_SHOWN + 1;
    const listed = counts.filter(({ chosen }, number) => all || chosen || number < FIRST_SHOWN);
    const list = element("ul", {}, ...listed.map((one) => valueEntry(name, one, toggle)));
    if (!counts.length) return [element("p", { class: "fine" }, WORDS.nobody)];
    if (counts.length <= FIRST_SHOWN + 1) return [list];
    const label = whole.has(name) ? WORDS.less : WORDS.more(counts.length - listed.length);
    const flip = () => (whole.delete(name) || whole.add(name), void fill(name));
    return [list, button(label, flip, { class: "facet-more", "data-key": `${name} more` })];
  };

  const unfold = () => (frame.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  for (const name of FACET_NAMES) place.append(facetDetails(name, wide.matches, fill));

  return {
    /** @param {Result} result @param {State} state */
    async draw(result, state) {
      now = { result, state };
      await Promise.all(FACET_NAMES.map(fill));
      // At first all come at once, so that none pushes another down.
      place.hidden = false;
    },
    /** The label of a value that was chosen; the value itself until its facet is read. */
    label: (/** @type {string} */ name, /** @type {string} */ value) =>
      labels.get(`${name}=${value}`) ?? (value || UNDATED_WORD),
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
