// Simplified or traditional characters: the reader's choice, kept for the next page. It is known before the first paint:
// who chose traditional ones sees the page when its words are changed, by a table that nobody else loads.
(() => {
  "use strict";

  /** @typedef {{ words: Map<string, string>, longest: Map<string, number>, back: Map<string, string> }} Table */

  const KEY = "shanhai.script";
  const TRADITIONAL = "zh-Hant";
  const KEPT = "script, style, noscript, code, textarea, [translate=no], :is([lang|=en], [lang|=zh-Hant]):not(html)";
  const ATTRIBUTES = ["alt", "aria-label", "placeholder", "title"];
  const LONGEST_WAIT_MS = 3000;

  const root = document.documentElement;
  const language = root.lang;
  const address = new URL("script-table.js", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  const later = new MutationObserver(changeWhatIsNew);

  /** What was changed: the text or attribute, as it was written and as it is shown. @type {Map<Node, [string, string]>} */
  const changed = new Map();
  /** @type {Promise<Table> | undefined} */
  let loading;
  /** @type {Table | undefined} */
  let table;
  let chosen = remembered();

  function remembered() {
    try {
      return localStorage.getItem(KEY) === TRADITIONAL;
    } catch {
      return false;
    }
  }

  function remember() {
    try {
      chosen ? localStorage.setItem(KEY, TRADITIONAL) : localStorage.removeItem(KEY);
    } catch {
      // Storage is closed to this page: the choice holds for it alone.
    }
  }

  /** @returns {Promise<Table>} */
  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => {
        script.remove();
        resolve(read(/** @type {any} */ (globalThis).shanhaiScriptTable));
      };
      script.onerror = reject;
      script.src = address.href;
      document.head.append(script);
    });
    return loading;
  }

  /** @param {{ characters: string, phrases: string }} written */
  function read({ characters, phrases }) {
    /** @type {Table} */
    const { words, longest, back } = { words: new Map(), longest: new Map(), back: new Map() };
    for (const [, one, other] of characters.matchAll(/(.)(.)/gu)) {
      words.set(one, other);
      back.set(other, one);
    }
    for (const phrase of phrases.match(/\S+/g) ?? []) {
      const pairs = [...phrase.matchAll(/(.)(?:=(.))?/gu)];
      const before = pairs.map(([, one]) => one).join("");
      for (const [, one, other = one] of pairs) if (other !== one) back.set(other, one);
      longest.set(pairs[0][1], Math.max(longest.get(pairs[0][1]) ?? 0, before.length));
      words.set(before, pairs.map(([, one, other]) => other ?? words.get(one) ?? one).join(""));
    }
    return { words, longest, back };
  }

  /** The text in traditional characters: from left to right, the longest phrase at each place. @param {string} text */
  function convert(text) {
    const { words, longest } = /** @type {Table} */ (table);
    let shown = "";
    for (let at = 0; at < text.length; ) {
      const one = String.fromCodePoint(/** @type {number} */ (text.codePointAt(at)));
      let size = longest.get(one) ?? one.length;
      while (size > one.length && !words.has(text.slice(at, at + size))) size--;
      const word = text.slice(at, at + size);
      shown += words.get(word) ?? word;
      at += size;
    }
    return shown;
  }

  /** What was typed in traditional characters, as the site has it. @param {string} text */
  function simplified(text) {
    return [...text].map((one) => table?.back.get(one) ?? one).join("");
  }

  /** The texts and attributes at and below a node that a reader meets in Chinese. @param {Node} top */
  function* wordings(top) {
    if ((top instanceof Element ? top : top.parentElement)?.closest(KEPT)) return;
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(KEPT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    for (let node = /** @type {Node | null} */ (top); node; node = walker.nextNode()) {
      if (node instanceof Text) yield node;
      else if (node instanceof Element)
        for (const name of ATTRIBUTES) if (node.hasAttribute(name)) yield /** @type {Attr} */ (node.getAttributeNode(name));
    }
  }

  /** @param {Node} top */
  function change(top) {
    for (const wording of wordings(top)) {
      const before = wording.nodeValue ?? "";
      if (changed.get(wording)?.[1] === before) continue;
      const after = convert(before);
      if (after === before) continue;
      changed.set(wording, [before, after]);
      wording.nodeValue = after;
    }
  }

  function changeBack() {
    later.disconnect();
    for (const [wording, [before, after]] of changed) if (wording.nodeValue === after) wording.nodeValue = before;
    changed.clear();
  }

  /** @param {MutationRecord[]} records */
  function changeWhatIsNew(records) {
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (removedNodes.length === 1) inherit(removedNodes[0], addedNodes);
      for (const node of type === "childList" ? addedNodes : [target]) change(node);
    }
    later.takeRecords();
  }

  /**
   * Sought words are marked by cutting a text into pieces: each keeps its share of what was written.
   * @param {Node} whole
   * @param {NodeList} pieces
   */
  function inherit(whole, pieces) {
    const [before, after] = changed.get(whole) ?? ["", ""];
    const texts = [...pieces].map((piece) => piece.firstChild ?? piece);
    const shown = texts.map((text) => text.nodeValue ?? "");
    if (shown.join("") !== after || before.length !== after.length) return;
    let at = 0;
    texts.forEach((text, number) => changed.set(text, [before.slice(at, (at += shown[number].length)), shown[number]]));
  }

  /** A text that a script is about to draw, in the characters that the reader chose. @param {string} text */
  function shown(text) {
    return root.dataset.script === "hant" ? convert(text) : text;
  }

  async function show() {
    if (!chosen) changeBack();
    else if (root.dataset.script !== "hant") {
      try {
        [table] = await Promise.all([load(), parsed]);
        if (chosen) {
          change(root);
          later.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
        }
      } catch {
        chosen = false;
        loading = undefined;
      }
    }
    root.dataset.script = chosen ? "hant" : "hans";
    if (language.startsWith("zh")) root.lang = chosen ? TRADITIONAL : language;
    document.dispatchEvent(new Event("shanhai:script"));
  }

  /** @param {boolean} traditional */
  function choose(traditional) {
    if (traditional === chosen) return;
    chosen = traditional;
    show();
  }

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element && target.closest(".script-switch"))) return;
    choose(!chosen);
    remember();
  });
  // Another window of the site, or this page as it was left some pages ago.
  addEventListener("storage", () => choose(remembered()));
  addEventListener("pageshow", ({ persisted }) => persisted && choose(remembered()));

  Object.assign(globalThis, { shanhaiSimplified: simplified, shanhaiShown: shown });
  root.dataset.script = chosen ? "waiting" : "hans";
  if (chosen) {
    setTimeout(() => root.dataset.script === "waiting" && (root.dataset.script = "hans"), LONGEST_WAIT_MS);
    show();
  }
})();
