// The search of the site, where a reader turns to it: the fields, the search page, and the marks on a page it led to.

import { startBox } from "./box.js";
import { open } from "./engine.js";
import { load } from "./files.js";
import { startMarks } from "./marks.js";
import { startPage } from "./page.js";

const SITE_ROOT = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);

/** @type {Promise<import("./engine.js").Engine> | undefined} */
let opening;

/** The engine; where its first file did not come, the next call asks again. */
const openOnce = () => (opening ??= open(load).catch((fault) => ((opening = undefined), Promise.reject(fault))));

for (const form of document.querySelectorAll("form.find"))
  startBox(/** @type {HTMLFormElement} */ (form), SITE_ROOT, openOnce);

const searchPage = document.querySelector(".search-page");
if (searchPage instanceof HTMLElement) startPage(searchPage, SITE_ROOT, openOnce);

const soughtWords = new URLSearchParams(location.search).get("h");
if (soughtWords) startMarks(soughtWords, openOnce);
