// A small writer of the index, made from the description of its format alone: what the client reads in its tests.

const ALPHABET = [..."!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"];
const UNIT_CHARS = 20;

export class BitWriter {
  bits = "";
  fixed(value, width) {
    if (width) this.bits += value.toString(2).padStart(width, "0");
  }
  gamma(value) {
    const binary = value.toString(2);
    this.bits += "0".repeat(binary.length - 1) + binary;
  }
  rice(value, k) {
    this.bits += `${"1".repeat(Math.floor(value / 2 ** k))}0`;
    this.fixed(value % 2 ** k, k);
  }
  rising(numbers, k, each = () => undefined) {
    this.fixed(k, 5);
    numbers.forEach((number, at) => {
      this.rice(number - (at ? numbers[at - 1] : -1) - 1, k);
      each(at);
    });
  }
  text() {
    const values = this.bits.match(/.{1,13}/g) ?? [];
    return values
      .map((value) => parseInt(value.padEnd(13, "0"), 2))
      .map((value) => ALPHABET[Math.floor(value / 91)] + ALPHABET[value % 91])
      .join("");
  }
}

export function scrambled(key) {
  let x = key >>> 0;
  x = (x ^ (x >>> 16)) >>> 0;
  x = Number((BigInt(x) * 0x9e3779b1n) & 0xffffffffn);
  x = (x ^ (x >>> 15)) >>> 0;
  x = Number((BigInt(x) * 0x85ebca77n) & 0xffffffffn);
  return (x ^ (x >>> 13)) >>> 0;
}

/**
 * The files of an index. An article: { path, title, date, source, names, lines: [[anchor, kind, text]], provinces }.
 * They are oldest first, those without a date ("") before all.
 * `fold` and `runs` as the client has them; `bits` of the shards, `names` as entries, `nameBits` of their buckets.
 * @returns {Map<string, any>}
 */
export function indexOf(articles, { fold, runs, variants = "", bits = 3, names = [], nameBits = 1 }) {
  const files = new Map();
  const units = articles.flatMap((article, number) => unitsOf(article, number, fold));
  const width = Math.max(1, (units.length - 1).toString(2).length);
  units.forEach((unit, number) => files.set(nameOf("texts", number, 6), textOf(unit, articles)));
  for (const [shard, terms] of shardsOf(units, fold, runs, bits))
    files.set(nameOf("terms", shard, 4), shardText(terms, width));
  files.set("facets/province", facetOf(articles));
  for (let bucket = 0; bucket < 2 ** nameBits; bucket++) {
    const within = names.filter(([, , , , , keys]) =>
      keys.some((key) => scrambled(key.charCodeAt(0) * 65536) % 2 ** nameBits === bucket),
    );
    files.set(nameOf("names", bucket, 2), within);
  }
  files.set("start", {
    version: 1,
    digest: "0123456789abcdef",
    articles: articles.length,
    units: units.length,
    bits,
    width,
    variants,
    counts: countsOf(articles, units),
    years: yearsOf(articles),
    facets: ["province"],
    names: nameBits,
    length: UNIT_CHARS,
  });
  return files;
}

const hasCharacters = (text) => /\p{Lo}/u.test(text);

/** The lines of an article of which every part is found: a name without Chinese characters is none. */
export const linesOf = (article) => [
  article.title,
  ...article.names.filter(hasCharacters),
  ...article.lines.map(([, , text]) => text),
];

/** The folded words of the other names. */
export const namedWords = (article, fold) =>
  article.names
    .filter((name) => !hasCharacters(name))
    .flatMap((name) => [...name.split(/[ -]/), name])
    .map((part) => fold(part).replace(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean);

/** A word's key: a hash of its code units, in 28 bits behind 0xE. */
export function wordKey(word) {
  let x = 0;
  for (const unit of word.split("")) x = scrambled((x ^ unit.charCodeAt(0)) >>> 0);
  return 0xe0000000 + Math.floor(x / 16);
}

function unitsOf(article, number, fold) {
  const units = [{ number, first: true, lines: [] }];
  let size = 0;
  for (const line of article.lines) {
    if (size >= UNIT_CHARS) {
      units.push({ number, first: false, lines: [] });
      size = 0;
    }
    units.at(-1).lines.push(line);
    size += fold(line[2]).length;
  }
  for (const unit of units) {
    const names = article.names.filter(hasCharacters).map((name) => [name, 1]);
    const head = unit.first ? [[article.title, 5], ...names] : [];
    unit.words = unit.first ? namedWords(article, fold) : [];
    unit.weighted = [...head, ...unit.lines.map(([, kind, text]) => [text, kind === "h" ? 2 : 1])];
  }
  return units;
}

function shardsOf(units, fold, runs, bits) {
  const shards = new Map(Array.from({ length: 2 ** bits }, (_, shard) => [shard, new Map()]));
  units.forEach((unit, number) => {
    for (const [line, weight] of unit.weighted) {
      for (const run of runs(fold(line))) {
        for (let at = 0; at < run.length; at++) {
          add(run.charCodeAt(at) * 65536, number, weight);
          if (at + 1 < run.length) add(run.charCodeAt(at) * 65536 + run.charCodeAt(at + 1), number, weight);
        }
      }
    }
    for (const word of unit.words) add(wordKey(word), number, 0);
  });
  return shards;

  function add(key, number, weight) {
    const x = scrambled(key);
    const low = 2 ** (32 - bits);
    const terms = shards.get(Math.floor(x / low));
    const postings = terms.get(x % low) ?? new Map();
    terms.set(x % low, postings);
    postings.set(number, Math.max(1, Math.min(15, (postings.get(number) ?? 0) + weight)));
  }
}

function shardText(terms, width) {
  const writer = new BitWriter();
  writer.gamma(terms.size + 1);
  writer.fixed(24, 5);
  let before = -1;
  for (const remainder of [...terms.keys()].sort((one, other) => one - other)) {
    const postings = [...terms.get(remainder)];
    writer.rice(remainder - before - 1, 24);
    before = remainder;
    const weighed = postings.some(([, weight]) => weight > 1);
    writer.gamma(postings.length);
    writer.fixed(Number(weighed), 1);
    if (postings.length === 1) {
      writer.fixed(postings[0][0], width);
      if (weighed) writer.gamma(postings[0][1]);
    } else
      writer.rising(
        postings.map(([unit]) => unit),
        2,
        (at) => weighed && writer.gamma(postings[at][1]),
      );
  }
  return writer.text();
}

function textOf(unit, articles) {
  const { path, title, date, source, names } = articles[unit.number];
  return [unit.number, path, title, date, source, unit.first ? names : [], unit.lines];
}

function facetOf(articles) {
  const writer = new BitWriter();
  const values = [...new Set(articles.flatMap(({ provinces }) => provinces))].map((value) => {
    const having = articles.flatMap(({ provinces }, number) => (provinces.includes(value) ? [number] : []));
    writer.rising(having, 1);
    return [value, `${value}省`, value.toUpperCase(), having.length];
  });
  return [values, writer.text()];
}

function countsOf(articles, units) {
  const writer = new BitWriter();
  articles.forEach((_, number) => writer.gamma(units.filter((unit) => unit.number === number).length));
  return writer.text();
}

function yearsOf(articles) {
  const years = [];
  for (const year of articles.map(({ date }) => date.slice(0, 4))) {
    if (years.at(-1)?.[0] === year) years.at(-1)[1]++;
    else years.push([year, 1]);
  }
  return years;
}

const nameOf = (folder, number, digits) => {
  const hex = number.toString(16).padStart(digits, "0");
  return digits === 2 ? `${folder}/${hex}` : `${folder}/${hex.slice(0, 2)}/${hex.slice(2)}`;
};
