// Opened from disk, a page cannot search: browsers let it neither start a worker nor read the index. Say so where the
// search field would stand, before the theme's script looks for it.
if (location.protocol === "file:") {
  const note = (/** @type {string} */ kind) => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = "从磁盘打开时不能搜索，请从目录找起";
    return line;
  };
  document.querySelector(".md-search")?.replaceWith(note("md-header__note"));
  document.querySelector(".search-box")?.replaceWith(note("none"));
  document.querySelectorAll("label[for=__search]").forEach((label) => label.remove());
}
