// The cite box: a button that copies beside each citation, and the reader's own day where a citation wants the day of
// access. Without this script every citation can be selected by hand.
{
  const texts = document.querySelectorAll(".cite-text");

  /** @type {HTMLElement} What a screen reader hears after a button was pressed. */
  const status = document.createElement("p");
  status.className = "cite-status";
  status.setAttribute("role", "status");

  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const today = parts.map((part) => String(part).padStart(2, "0")).join("-");
  for (const day of document.querySelectorAll(".cite-day")) day.textContent = today;

  /**
   * Select the whole text of an element.
   * @param {Element} element
   */
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  };

  /**
   * Copy an element's text: by the clipboard, where the browser offers it to this page, else through the selection.
   * @param {Element} element
   * @returns {Promise<boolean>} whether it is on the clipboard; if not, the text stays selected
   */
  const copy = async (element) => {
    const text = (element.textContent ?? "").trim();
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      select(element);
      return document.execCommand("copy");
    }
  };

  for (const text of texts) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cite-copy";
    button.textContent = "复制";
    const name = text.closest(".cite-format")?.querySelector(".cite-head")?.textContent?.trim() ?? "";
    button.setAttribute("aria-label", `复制 ${name} 引文`);
    button.addEventListener("click", async () => {
      const copied = await copy(text);
      button.textContent = copied ? "已复制" : "已选中";
      status.textContent = copied ? `已复制 ${name} 引文` : "未能复制，引文已选中，请按 Ctrl+C";
      setTimeout(() => {
        button.textContent = "复制";
        status.textContent = "";
      }, 4000);
    });
    text.before(button);
  }
  if (texts.length) texts[0].closest(".cite")?.append(status);
}
