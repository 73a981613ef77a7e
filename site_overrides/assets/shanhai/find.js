// Brings the search when a reader turns to it; before that, no page loads it.
(() => {
  const address = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace("find.js", "search.js");
  /** @type {HTMLScriptElement | undefined} */
  let script;

  const bring = () => {
    if (script) return;
    script = document.createElement("script");
    script.src = address;
    script.onerror = () => (script = undefined);
    document.head.append(script);
  };

  // Both: in a window that is not in front, a field gets what is typed, but nobody hears that it got the focus.
  for (const kind of ["focusin", "input"])
    document.addEventListener(kind, ({ target }) => /** @type {Element} */ (target).closest(".find") && bring());
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key !== "/" || ctrlKey || metaKey || altKey || /** @type {Element} */ (target).closest("input, select, textarea")) return;
    const fields = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".find input, .search-page input"));
    const field = [...fields].find((one) => one.checkVisibility());
    if (field) event.preventDefault();
    field?.focus();
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches(".find")) return;
    event.preventDefault();
    const query = new URLSearchParams({ q: form.querySelector("input")?.value ?? "" });
    location.href = form.querySelector("a")?.href.split("?")[0] + "?" + query;
  });
  if (document.querySelector(".search-page") || /[?&]h=/.test(location.search)) bring();
})();
