// Fetches the files of the index by script tags, which work over http and from disk alike.

const SCRIPT = /** @type {HTMLScriptElement} */ (document.currentScript).src;
const ROOT = new URL("../../search/", SCRIPT);
const FIRST = "start";
const MINUTE_MS = 60_000;

/** Who waits for a file that was asked for. @type {Map<string, (value: any) => void>} */
const waiting = new Map();
/** Files that are on their way, and the first one. @type {Map<string, Promise<any>>} */
const asked = new Map();

// The files of the index call this function; another script of the page may wait for some of them, too.
const globals = /** @type {any} */ (globalThis);
const otherWaiting = globals.shanhaiSearch;
globals.shanhaiSearch = (/** @type {string} */ name, /** @type {any} */ value) => {
  waiting.get(name)?.(value);
  otherWaiting?.(name, value);
};

/** A file of the search index did not come. */
export class SearchFileError extends Error {
  /** @param {string} name */
  constructor(name) {
    super(`the file search/${name}.js did not come`);
    this.name = "SearchFileError";
    this.file = name;
  }
}

/**
 * What a file of the index holds. Asked for twice at a time it is fetched once; one that failed may be asked for again.
 * The first file names the edition; the others are asked for under its digest, so that editions never mix. A server's
 * word that files may be kept for some minutes must not hold for the first one: over http it has another address each
 * minute.
 * @param {string} name path below search/ without .js
 * @param {boolean} [anew] also if it was asked for before
 * @returns {Promise<any>}
 */
export function load(name, anew = false) {
  const before = asked.get(name);
  if (before && !anew) return before;
  const coming =
    name === FIRST ? fetched(name, minute(anew)) : load(FIRST).then(({ digest }) => fetched(name, `?${digest}`));
  asked.set(name, coming);
  coming.then(
    () => name === FIRST || asked.delete(name),
    () => asked.get(name) === coming && asked.delete(name),
  );
  return coming;
}

/** @param {boolean} anew */
function minute(anew) {
  if (!ROOT.protocol.startsWith("http")) return "";
  return `?${anew ? Date.now() : Math.floor(Date.now() / MINUTE_MS)}`;
}

/** @param {string} name @param {string} edition @returns {Promise<any>} */
function fetched(name, edition) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const end = () => {
      waiting.delete(name);
      script.remove();
      reject(new SearchFileError(name));
    };
    waiting.set(name, resolve);
    script.onload = end;
    script.onerror = end;
    script.src = new URL(`${name}.js${edition}`, ROOT).href;
    document.head.append(script);
  });
}
