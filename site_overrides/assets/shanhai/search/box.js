// A search field that shows, while one types, the pages meant and the first hits: a combobox with a list (ARIA 1.2).

import { addressOf } from "./address.js";
import { element, hitAddress, hitFacts, markedNames, markedText, markerOf, pageAddress, shown } from "./drawing.js";
import { KIND_WORDS, UNDATED_WORD, WORDS } from "./words.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./suggestions.js").Suggestion} Suggestion */

const TYPING_PAUSE_MS = 120;
const SUGGESTIONS_SHOWN = 5;
const HITS_SHOWN = 5;
/** How long a reader may look at nothing before the list says that it is at work. */
const PATIENCE_MS = 400;
/** Initials of a name: as letters of a text they would be found in the middle of words. */
const INITIALS = /^[a-z]{1,3}$/i;

/**
 * Let a field search. The form holds the field, its list, a panel around it, and a link to the search page.
 * @param {HTMLFormElement} form
 * @param {URL} root
 * @param {() => Promise<Engine>} engineOf
 */
export function startBox(form, root, engineOf) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const panel = /** @type {HTMLElement} */ (form.querySelector(".find-panel"));
  const list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
  const told = element("p", { class: "find-told", role: "status" });
  form.append(told);
  /** @type {number | undefined} */
  let pause;
  let turn = 0;
  let active = -1;

  const options = () => /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll("[role=option]")]);

  const show = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };

  const close = () => {
    turn++;
    clearTimeout(pause);
    show(false);
  };

  const choose = (/** @type {number} */ index) => {
    active = index;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
    const chosen = options()[index];
    chosen?.scrollIntoView({ block: "nearest" });
    chosen ? field.setAttribute("aria-activedescendant", chosen.id) : field.removeAttribute("aria-activedescendant");
  };

  /** @param {(HTMLElement)[]} groups @param {string} words */
  const draw = (groups, words) => {
    list.replaceChildren(...groups);
    options().forEach((option, number) => (option.id = `${list.id}-${number}`));
    choose(-1);
    show(true);
    told.textContent = words;
  };

  const look = async () => {
    const mine = ++turn;
    const query = field.value.trim();
    if (!query) return close();
    const all = pageAddress(root, "search/") + addressOf({ query, filters: {}, sort: "", page: 1 });
    const line = (/** @type {string} */ words) => optionGroup(list.id, WORDS.hits, [lastOption(all, words)]);
    const waiting = setTimeout(() => mine === turn && panel.hidden && draw([line(WORDS.seeking)], ""), PATIENCE_MS);
    try {
      const engine = await engineOf();
      const meant = await engine.suggest(query, SUGGESTIONS_SHOWN);
      if (mine !== turn) return;
      const places = suggestionGroups(root, meant);
      if (places.length && INITIALS.test(query.normalize("NFKC"))) {
        draw([...places, line(WORDS.inArticles(query))], WORDS.meant(meant.length));
        return;
      }
      if (places.length) draw(places, "");
      const result = await engine.search(query);
      const hits = await result.page(0, HITS_SHOWN);
      if (mine !== turn) return;
      const count = result.exact ? WORDS.all(result.total) : WORDS.atMost(result.total);
      const last = lastOption(all, hits.length ? count : result.exact ? WORDS.noneHere : WORDS.noneYet);
      const marker = markerOf(engine.folding, result);
      const found = hits.map((hit) => hitOption(hitAddress(root, hit, query), hit, marker));
      draw([...places, optionGroup(list.id, WORDS.hits, [...found, last])], hits.length ? count : result.exact ? WORDS.none : WORDS.noneYet);
    } catch {
      if (mine === turn) draw([line(WORDS.failed)], WORDS.failed);
    } finally {
      clearTimeout(waiting);
    }
  };

  const later = () => {
    clearTimeout(pause);
    turn++;
    pause = setTimeout(look, TYPING_PAUSE_MS);
  };

  field.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || later());
  field.addEventListener("compositionend", later);
  field.addEventListener("focus", () => field.value.trim() && panel.hidden && look());
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(/** @type {Node | null} */ (relatedTarget)) || close());
  // The field keeps the focus while one clicks into the list.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("mousemove", ({ target }) => {
    const over = options().indexOf(/** @type {any} */ (/** @type {Element} */ (target).closest("[role=option]")));
    if (over >= 0 && over !== active) choose(over);
  });
  document.addEventListener("shanhai:script", () => panel.hidden || look());

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = panel.hidden ? 0 : options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return void look();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One step past either end is the field itself.
      choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0 && count) {
      event.preventDefault();
      location.href = options()[active].href;
      close();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!panel.hidden) return close();
      if (field.value) field.value = "";
      else field.blur();
    }
  });
  if (document.activeElement === field && field.value.trim()) look();
}

/**
 * The pages meant by their kinds; a kind of which one has the very name that was typed comes first.
 * @param {URL} root
 * @param {Suggestion[]} meant
 */
function suggestionGroups(root, meant) {
  const exact = meant.filter((one) => one.exact).map(({ kind }) => kind);
  const kinds = [...new Set([...exact, ...Object.keys(KIND_WORDS)])].filter((kind) => meant.some((one) => one.kind === kind));
  return kinds.map((kind) => {
    const entries = meant.filter((one) => one.kind === kind).map((one) => suggestionOption(root, one));
    return optionGroup(`find-${kind}`, KIND_WORDS[kind] ?? kind, entries);
  });
}

/** @param {URL} root @param {Suggestion} one */
function suggestionOption(root, { path, label, note, count }) {
  const option = optionLink(pageAddress(root, path));
  option.append(element("span", { class: "find-label" }, shown(label)));
  if (note) option.append(element("span", { class: "find-beside" }, shown(note)));
  if (count) option.append(element("span", { class: "find-count" }, String(count)));
  return option;
}

/** @param {string} address @param {import("./engine.js").Hit} hit @param {import("./drawing.js").Marker} marker */
function hitOption(address, hit, marker) {
  const why = hit.names.length ? markedNames(hit.names, marker) : markedText(hit.excerpt.text, hit.excerpt.marks);
  const option = optionLink(address);
  option.append(
    element("span", { class: "find-label" }, ...markedText(hit.title, hit.titleMarks)),
    element("span", { class: "find-beside" }, hitFacts(hit, UNDATED_WORD)),
    element("span", { class: "find-text" }, ...why),
  );
  return option;
}

/** @param {string} address @param {string} words */
function lastOption(address, words) {
  const option = optionLink(address);
  option.classList.add("find-all");
  option.append(shown(words));
  return option;
}

/** @param {string} address */
function optionLink(address) {
  return element("a", { role: "option", href: address, tabindex: "-1", "aria-selected": "false", translate: "no" });
}

/**
 * @param {string} key
 * @param {string} label
 * @param {HTMLElement[]} options
 */
function optionGroup(key, label, options) {
  const id = `${key}-group`;
  const heading = element("span", { id, class: "find-group", role: "presentation" }, label);
  return element("div", { role: "group", "aria-labelledby": id }, heading, ...options);
}
