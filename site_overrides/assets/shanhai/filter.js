// A field above a long list that leaves only the entries with all the words typed. The list is whole without it.
// What is typed stays out of the address: the part behind # belongs to years and months, and whoever wants to pass a
// question on has the search, whose addresses hold it.
{
  const places = [...document.querySelectorAll(".md-content .filter")];
  const lists = [...document.querySelectorAll(".md-content .articles")];
  const paged = document.querySelector(".md-content .pager") !== null;

  /**
   * What is compared: widths and cases alike, and simplified characters where the page knows them.
   * @param {string | null} text
   * @returns {string}
   */
  const plain = (text) => {
    const simplified = /** @type {any} */ (window).shanhaiSimplified ?? String;
    return simplified(text ?? "").normalize("NFKC").toLowerCase();
  };

  /** @param {Element} list */
  const headingOf = (list) => {
    const before = list.previousElementSibling;
    return before?.tagName === "H3" ? before : null;
  };

  /** @param {Element} one @param {Element | undefined} other */
  const precedes = (one, other) =>
    !other || Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  places.forEach((place, number) => {
    const own = lists.filter((list) => precedes(place, list) && precedes(list, places[number + 1]));
    const entries = own.flatMap((list) => [...list.querySelectorAll("li")]);
    const label = document.createElement("label");
    label.htmlFor = `filter-${number + 1}`;
    label.textContent = paged ? "筛选这一页" : "筛选";
    const field = document.createElement("input");
    field.type = "search";
    field.id = label.htmlFor;
    field.autocomplete = "off";
    const told = document.createElement("output");
    told.htmlFor.add(field.id);
    told.setAttribute("aria-live", "polite");
    place.append(label, field, told);

    /** @type {string[]} */
    let texts = [];
    const filter = () => {
      if (!texts.length) texts = entries.map((entry) => plain(entry.textContent));
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let hits = 0;
      entries.forEach((entry, index) => {
        const hit = words.every((word) => texts[index].includes(word));
        entry.toggleAttribute("hidden", !hit);
        hits += Number(hit);
      });
      for (const list of own) {
        const empty = !list.querySelector("li:not([hidden])");
        list.toggleAttribute("hidden", empty);
        headingOf(list)?.toggleAttribute("hidden", empty);
      }
      told.textContent = words.length ? `${hits} / ${entries.length} 条` : "";
    };

    field.addEventListener("input", filter);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      field.value = "";
      filter();
    });
  });
}
