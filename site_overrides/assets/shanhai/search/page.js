// The search page: field, order, conditions, results, and what to try where there are none. Its address holds its state.

import { keepState, stateOf, toggled } from "./address.js";
import { button, element, hitEntry, pageAddress } from "./drawing.js";
import { emptyHelp } from "./help.js";
import { startPanel } from "./panel.js";
import { FACET_WORDS, KIND_WORDS, UNDATED_WORD, WORDS } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Result} Result */

const TYPED_PAUSE_MS = 200;
const PAGE_SIZE = 10;
const PAGES_MEANT = 4;

/**
 * @param {HTMLElement} page
 * @param {URL} root
 * @param {() => Promise<Engine>} engineOf
 */
export function startPage(page, root, engineOf) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (page.querySelector(`.search-${name}`));
  const field = /** @type {HTMLInputElement} */ (page.querySelector("input[type=search]"));
  const orders = /** @type {HTMLInputElement[]} */ ([...page.querySelectorAll("[name=sort]")]);
  const title = document.title;
  /** @type {AbortController | undefined} */
  let checking;
  /** @type {number | undefined} */
  let pause;
  let state = stateOf(location);
  /** Whether the present entry of the history is to stay when the reader types on. */
  let settled = true;
  let turn = 0;
  let drawHits = () => {};

  /** @param {State} next @param {boolean} asNew */
  const go = (next, asNew) => {
    clearTimeout(pause);
    state = next;
    keepState(state, asNew);
    settled = asNew || settled;
    return show();
  };
  const toggle = (/** @type {string} */ facet, /** @type {string} */ value) => void go(toggled(state, facet, value), true);
  const panel = startPanel(/** @type {HTMLDetailsElement} */ (part("filters")), part("facets"), toggle, () => drawChosen());

  const drawChosen = () => {
    const chosen = Object.entries(state.filters).flatMap(([name, values]) => values.map((value) => [name, value]));
    const chips = chosen.map(([name, value]) => {
      const label = `${FACET_WORDS[name]} ${panel.label(name, value)}`;
      return button(label, () => (toggle(name, value), field.focus()), { "aria-label": WORDS.remove(label) });
    });
    if (chips.length > 1) chips.push(button(WORDS.clearAll, () => (go({ ...state, filters: {}, page: 1 }, true), field.focus()), { class: "search-clear" }));
    part("chosen").replaceChildren(...chips.map((chip) => element("li", {}, chip)));
    part("chosen").hidden = !chips.length;
    part("filters").dataset.chosen = chosen.length ? String(chosen.length) : "";
  };

  const drawMeant = async (/** @type {Engine} */ engine, /** @type {number} */ mine) => {
    const meant = state.query ? await engine.suggest(state.query, PAGES_MEANT) : [];
    if (mine !== turn) return;
    const links = meant.map(({ path, label, kind, note }) => {
      const beside = element("small", {}, note || KIND_WORDS[kind]);
      return element("li", {}, element("a", { href: pageAddress(root, path) }, label), " ", beside);
    });
    part("meant").replaceChildren(...(links.length ? [element("span", {}, WORDS.suggestions), element("ul", {}, ...links)] : []));
  };

  const drawCount = (/** @type {Result} */ result, /** @type {number} */ listed) => {
    const bare = !state.query && !Object.keys(state.filters).length;
    const from = (state.page - 1) * PAGE_SIZE;
    const count = result.exact ? WORDS.found(result.total) : WORDS.atMost(result.total);
    const words = bare ? WORDS.browse(result.total) : !listed ? WORDS.none : result.total > listed ? WORDS.told(count, from, from + listed) : count;
    part("count").replaceChildren(words);
    part("hint").replaceChildren(...(result.exact || !listed ? [] : checkOffer(result, listed)));
    if (result.relaxed && listed) part("hint").prepend(WORDS.relaxed);
  };

  const checkOffer = (/** @type {Result} */ result, /** @type {number} */ listed) => {
    const mine = turn;
    const check = async () => {
      checking = new AbortController();
      const told = element("span", {});
      part("hint").replaceChildren(told);
      await result.check((done, all) => (told.textContent = WORDS.checking(done, all)), checking.signal);
      if (mine !== turn) return;
      drawCount(result, listed);
      drawPager(result);
      panel.draw(result, state);
      part("count").focus();
    };
    return [WORDS.checkHint, " ", button(WORDS.check, () => void check().catch(failed))];
  };

  const drawPager = (/** @type {Result} */ result) => {
    const pages = Math.ceil(result.total / PAGE_SIZE);
    const turnTo = (/** @type {number} */ number) => async () => {
      await go({ ...state, page: number }, true);
      part("count").focus();
      page.scrollIntoView();
    };
    const before = button(WORDS.previous, turnTo(state.page - 1), { disabled: state.page <= 1 });
    const after = button(WORDS.next, turnTo(state.page + 1), { disabled: state.page >= pages });
    part("pager").replaceChildren(before, element("span", {}, WORDS.pageOf(state.page, pages)), after);
    part("pager").hidden = pages < 2;
  };

  const failed = (/** @type {unknown} */ fault) => {
    if (fault instanceof DOMException && fault.name === "AbortError") return;
    part("count").replaceChildren(WORDS.failed);
    part("hint").replaceChildren(button(WORDS.retry, () => void show()));
    part("results").replaceChildren();
    drawHits = () => {};
    for (const name of ["pager", "help", "tips"]) part(name).hidden = true;
  };

  const draw = async (/** @type {Engine} */ engine, /** @type {number} */ mine) => {
    const { query, filters } = state;
    const bare = !query && !Object.keys(filters).length;
    const options = { filters, sort: state.sort || undefined };
    const from = (state.page - 1) * PAGE_SIZE;
    let result = await engine.search(query, options);
    let hits = bare ? [] : await result.page(from, PAGE_SIZE);
    if (!hits.length && !bare && result.canRelax && mine === turn) {
      result = await engine.search(query, { ...options, relaxed: true });
      hits = await result.page(from, PAGE_SIZE);
    }
    if (mine !== turn) return;
    if (!hits.length && state.page > 1) return void go({ ...state, page: 1 }, false);
    drawHits = () => part("results").replaceChildren(...hits.map((hit) => hitEntry(root, hit, query, UNDATED_WORD)));
    drawHits();
    drawCount(result, hits.length);
    drawPager(result);
    if (bare) part("pager").hidden = true;
    part("tips").hidden = !bare;
    part("sort").hidden = !hits.length;
    part("help").hidden = bare || hits.length > 0;
    if (!part("help").hidden) await emptyHelp(part("help"), { engine, result, state, panel, root, go: (next) => void go(next, true), current: () => mine === turn });
    await Promise.all([panel.draw(result, state), drawMeant(engine, mine)]);
  };

  const show = async () => {
    const mine = ++turn;
    checking?.abort();
    if (field.value.trim() !== state.query) field.value = state.query;
    const order = state.sort || (state.query ? "relevance" : "date");
    for (const one of orders) one.checked = one.value === order;
    document.title = state.query ? `${state.query} - ${title}` : title;
    drawChosen();
    page.setAttribute("aria-busy", "true");
    try {
      await draw(await engineOf(), mine);
    } catch (fault) {
      if (mine === turn) failed(fault);
    }
    if (mine === turn) page.removeAttribute("aria-busy");
  };

  const typed = (/** @type {boolean} */ submitted) => {
    const query = field.value.trim();
    const asNew = submitted || settled;
    if (query !== state.query) go({ ...state, query, page: 1 }, asNew);
    settled = submitted;
  };
  const later = () => {
    clearTimeout(pause);
    pause = setTimeout(typed, TYPED_PAUSE_MS, false);
  };

  field.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || later());
  field.addEventListener("compositionend", later);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (!field.value) return field.blur();
    field.value = "";
    later();
  });
  page.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    typed(true);
  });
  for (const one of orders)
    one.addEventListener("change", () => void go({ ...state, sort: /** @type {State["sort"]} */ (one.value), page: 1 }, true));
  for (const moved of ["popstate", "hashchange"])
    addEventListener(moved, () => {
      state = stateOf(location);
      settled = true;
      show();
    });
  document.addEventListener("shanhai:script", () => drawHits());
  page.addEventListener("click", ({ target }) => {
    const example = /** @type {Element} */ (target).closest("[data-query]");
    if (example instanceof HTMLElement) go({ ...state, query: example.dataset.query ?? "", page: 1 }, true);
  });

  if (!state.query && document.activeElement === document.body) field.focus({ preventScroll: true });
  if (field.value.trim() && !state.query) state = { ...state, query: field.value.trim() };
  show();
}
