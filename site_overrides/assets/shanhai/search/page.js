// The search page: field, order, conditions, results, and what to try where there are none. Its address holds its state.

import { between, keepState, stateOf, toggled, YEAR_FACET, yearRuns } from "./address.js";
import { EditionError } from "./codes.js";
import { button, element, hitEntry, markerOf, pageAddress } from "./drawing.js";
import { emptyHelp } from "./help.js";
import { startPanel } from "./panel.js";
import { FACET_WORDS, KIND_WORDS, UNDATED_WORD, WORDS } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Result} Result */
/** @typedef {import("./engine.js").Hit} Hit */
/** @typedef {import("./suggestions.js").Suggestion} Suggestion */
/** @typedef {{ engine: Engine, result: Result, hits: Hit[], meant: Suggestion[] }} Found */

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
  const panel = startPanel(/** @type {HTMLDetailsElement} */ (part("filters")), part("facets"), {
    toggle,
    span: (first, last) => void go(between(state, first, last), true),
    leave: () => (part("count").focus({ preventScroll: true }), part("found").scrollIntoView()),
  });

  const drawChosen = () => {
    const chosen = Object.entries(state.filters).flatMap(([name, values]) =>
      (name === YEAR_FACET ? yearRuns(values) : values.map((value) => [value])).map((run) => ({ name, run })),
    );
    const chips = chosen.map(({ name, run }) => {
      const ends = run.length > 1 ? [run[0], run[run.length - 1]] : run;
      const label = `${FACET_WORDS[name]} ${ends.map((value) => panel.label(name, value)).join("–")}`;
      const rest = (state.filters[name] ?? []).filter((value) => !run.includes(value));
      const { [name]: _, ...others } = state.filters;
      const without = () => go({ ...state, filters: rest.length ? { ...others, [name]: rest } : others, page: 1 }, true);
      return button(label, () => (without(), field.focus()), { "aria-label": WORDS.remove(label) });
    });
    if (chips.length > 1) chips.push(button(WORDS.clearAll, () => (go({ ...state, filters: {}, page: 1 }, true), field.focus()), { class: "search-clear" }));
    part("chosen").replaceChildren(...chips.map((chip) => element("li", {}, chip)));
    part("chosen").hidden = !chips.length;
    part("filters").dataset.chosen = chosen.length ? String(chosen.length) : "";
  };

  const drawMeant = (/** @type {Suggestion[]} */ meant) => {
    const links = meant.map(({ path, label, kind, note }) => {
      const beside = element("small", {}, noteBeside(kind, note, state.query));
      return element("li", {}, element("a", { href: pageAddress(root, path) }, label), " ", beside);
    });
    part("meant").replaceChildren(...(links.length ? [element("span", {}, WORDS.suggestions), element("ul", {}, ...links)] : []));
  };

  const drawCount = (/** @type {Engine} */ engine, /** @type {Result} */ result, /** @type {number} */ listed) => {
    const from = (state.page - 1) * PAGE_SIZE;
    const count = result.exact ? WORDS.found(result.total) : WORDS.atMost(result.total);
    const found = !listed ? WORDS.none : result.total > listed ? WORDS.told(count, from, from + listed) : count;
    part("count").replaceChildren(!isBare(result) ? found : state.query ? WORDS.onlySigns : WORDS.browse(result.total));
    part("hint").replaceChildren(...(result.exact || !listed ? [] : checkOffer(engine, result, listed)));
    if (result.relaxed && listed) part("hint").prepend(WORDS.relaxed);
    if (!isBare(result) && state.query && !result.terms.length) part("hint").prepend(WORDS.onlySigns);
  };

  const checkOffer = (/** @type {Engine} */ engine, /** @type {Result} */ result, /** @type {number} */ listed) => {
    const mine = turn;
    const check = async () => {
      checking = new AbortController();
      const told = element("span", {});
      part("hint").replaceChildren(told);
      await result.check((done, all) => (told.textContent = WORDS.checking(done, all)), checking.signal);
      if (mine !== turn) return;
      drawCount(engine, result, listed);
      drawPager(result);
      void panel.draw(result, state, engine.folding);
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
    const renewed = fault instanceof EditionError;
    part("count").replaceChildren(renewed ? WORDS.renewed : WORDS.failed);
    part("hint").replaceChildren(renewed ? button(WORDS.reload, () => location.reload()) : button(WORDS.retry, () => void show()));
    page.removeAttribute("aria-busy");
    part("results").replaceChildren();
    part("chosen").classList.remove("pending");
    drawHits = () => {};
    for (const name of ["pager", "help", "tips"]) part(name).hidden = true;
  };

  /** Whether nothing is asked for: no condition, and no letter to look for. */
  const isBare = (/** @type {Result} */ { terms }) => !terms.length && !Object.keys(state.filters).length;

  /** What the state asks for; all that is shown at once is read before any of it is drawn. */
  const find = async (/** @type {Engine} */ engine) => {
    const { query, filters } = state;
    const options = { filters, sort: state.sort || undefined };
    const from = (state.page - 1) * PAGE_SIZE;
    const naming = query ? engine.suggest(query, PAGES_MEANT).catch(() => []) : Promise.resolve([]);
    let result = await engine.search(query, options);
    const bare = isBare(result);
    /** Of a page that is not there, nothing is read. */
    const listed = async () => (bare || from >= result.total ? [] : result.page(from, PAGE_SIZE));
    let hits = await listed();
    if (!hits.length && !bare && result.exact && result.canRelax) {
      result = await engine.search(query, { ...options, relaxed: true });
      hits = await listed();
    }
    await panel.learn(result, state);
    return { engine, result, hits, meant: await naming };
  };

  const draw = async (/** @type {Found} */ { engine, result, hits, meant }, /** @type {number} */ mine) => {
    if (!hits.length && state.page > 1) return void go({ ...state, page: 1 }, false);
    const bare = isBare(result);
    const from = (state.page - 1) * PAGE_SIZE;
    const gaveUp = !result.exact && hits.length < PAGE_SIZE && from + hits.length < result.total;
    const marker = markerOf(engine.folding, result);
    const { query } = state;
    drawHits = () => part("results").replaceChildren(...hits.map((hit) => hitEntry(root, hit, query, UNDATED_WORD, marker)));
    drawHits();
    drawMeant(meant);
    part("chosen").classList.remove("pending");
    drawChosen();
    drawOrders(result);
    drawCount(engine, result, hits.length);
    drawPager(result);
    if (gaveUp) drawGoOn({ engine, result, hits, meant }, mine);
    if (bare || (gaveUp && !from)) part("pager").hidden = true;
    part("tips").hidden = !bare;
    part("sort").hidden = !hits.length;
    part("filters").classList.toggle("idle", !bare && !hits.length && !Object.keys(state.filters).length);
    const helping = !bare && !hits.length && !gaveUp;
    if (!helping) part("help").replaceChildren();
    part("help").hidden = !helping;
    const failure = { engine, result, state, panel, root, go: (/** @type {State} */ next) => void go(next, true), current: () => mine === turn };
    await Promise.all([panel.draw(result, state, engine.folding), helping && emptyHelp(part("help"), failure)]);
  };

  /** Few of very many articles that may have the words do: what was found so far, and a way to go on. */
  const drawGoOn = (/** @type {Found} */ found, /** @type {number} */ mine) => {
    const { result } = found;
    const from = (state.page - 1) * PAGE_SIZE;
    const goOn = async () => {
      page.setAttribute("aria-busy", "true");
      const hits = await result.page(from, PAGE_SIZE);
      if (mine !== turn) return;
      await draw({ ...found, hits }, mine);
      page.removeAttribute("aria-busy");
      part("count").focus();
    };
    part("count").replaceChildren(WORDS.soFar(result.checked, from + found.hits.length));
    part("hint").replaceChildren(WORDS.soFarHint(result.total - from - found.hits.length), " ", button(WORDS.goOn, () => void goOn().catch(failed)));
  };

  /** Without a word to be near to, results stand by their date. */
  const drawOrders = (/** @type {Result} */ { terms }) => {
    const near = terms.some(({ negative }) => !negative);
    const order = (near || state.sort !== "relevance") && state.sort ? state.sort : near ? "relevance" : "date";
    for (const one of orders) {
      one.checked = one.value === order;
      if (one.value === "relevance") /** @type {HTMLElement} */ (one.closest("label")).hidden = !near;
    }
  };

  const show = async () => {
    const mine = ++turn;
    checking?.abort();
    if (field.value.trim() !== state.query) field.value = state.query;
    document.title = state.query ? `${state.query} - ${title}` : title;
    // Names that are not known yet keep their room, so that the results stay where they come to stand.
    if (!panel.knows(state)) part("chosen").classList.add("pending");
    drawChosen();
    page.setAttribute("aria-busy", "true");
    try {
      const found = await find(await engineOf());
      if (mine === turn) await draw(found, mine);
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

/**
 * What stands beside a page that is meant: where a place lies, its English for who typed Latin letters, or its kind.
 * @param {string} kind
 * @param {string} note
 * @param {string} query
 */
function noteBeside(kind, note, query) {
  const latin = /[a-z]/i.test(query.normalize("NFKC"));
  const parts = note.split(" · ").filter((part) => latin || /\p{Script=Han}/u.test(part));
  return parts.join(" · ") || KIND_WORDS[kind];
}
