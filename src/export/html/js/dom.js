// Elements, made without ever reading data as markup.

/** An element with these properties (`class`, `on…`, attributes) and children; strings are text. */
const el = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);

const SVG = "http://www.w3.org/2000/svg";
const svg = (tag, properties = {}, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

const fill = (made, properties, children) => {
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    // Of states, unlike attributes, "false" is a value.
    if (key.startsWith("aria-")) made.setAttribute(key, String(value));
    else if (value === false) continue;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};

/** Characters that turn or hide others: bidirectional controls, what has no width, and controls of terminals. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
const UNSEEN_NAMES = {
  "\u061c": "ALM", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF",
  "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
};
const unseenName = (c) =>
  UNSEEN_NAMES[c] ?? `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A text for attributes and pictures: what cannot be seen is named. */
const spoken = (text) => text.replace(UNSEEN, (c) => `⟨${unseenName(c)}⟩`);

/** The nodes of a text; what cannot be seen is a mark. Line ends of Windows and Macintosh are line ends. */
const visible = (text) => {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match[0] === "\r") {
      nodes.push(text.slice(from, match.index), text[match.index + 1] === "\n" ? "" : "\n");
    } else {
      nodes.push(text.slice(from, match.index));
      nodes.push(el("span", { class: "unseen", title: `U+${match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` }, unseenName(match[0])));
    }
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
};

/** Where names stand in rows they are cut after so many characters; their entity's panel has them whole. */
const ROW_LENGTH = 160;
const cut = (text, length = ROW_LENGTH) => (text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/u, "")}…` : text);

/** A name, in the direction of its own letters. */
const named = (text, properties = {}) => el("bdi", { dir: "auto", ...properties }, visible(text));
const namedShort = (text) => named(cut(text));

const bits = (weight) => {
  const rounded = (Math.abs(weight) / 1000).toFixed(1);
  return `${weight < 0 && rounded !== "0.0" ? "−" : "+"}${rounded}`;
};
const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** The probability that a weight stands for. */
const probability = (weight) => 1 / (1 + 2 ** (-weight / 1000));
const percent = (weight) => {
  const value = probability(weight) * 100;
  return value > 99.9 ? "over 99.9 %" : value < 0.1 ? "under 0.1 %" : `${value.toFixed(value < 10 || value > 90 ? 1 : 0)} %`;
};

const kindBadge = (kind) => el("span", { class: `kind ${kind}` }, kind);
const kindSign = (kind) =>
  el("span", { class: `sign ${kind}`, title: kind }, el("span", { class: "hidden" }, `${kind}: `));
const entityLink = (index, text = entities[index].name) => el("a", { href: `#e${index}` }, namedShort(text));

/** The last part of a document's path; its id where it is none. */
const fileName = (id) => id.slice(id.search(/[^/\\]*[/\\]?$/)) || id;
/** A path, which is written from left to right whatever its letters. */
const pathOf = (text) => named(cut(text), { dir: "ltr" });
const documentLink = (index) =>
  el("a", { href: `#d${index}`, title: spoken(cut(documents[index].id)) }, pathOf(fileName(documents[index].id)));
/** A link to a mention, named by its document. */
const sourceLink = (document, mention) =>
  el("a", { class: "source", href: `#d${document}m${mention}` }, pathOf(documents[document].id));

/** Says something to those who listen to the page. */
const say = (text) => {
  element("said").textContent = text;
};

/** A list of which the first are shown, and the others when asked for. */
const firstOf = (items, most, make, into) => {
  into.append(...items.slice(0, most).map(make));
  if (items.length <= most) return into;
  const more = el("button", { type: "button", class: "more" }, `Show ${count(Math.min(items.length - most, most * 10), "more", "more")} of ${items.length - most}`);
  const holder = el(into.tagName === "TBODY" ? "tr" : "li", { class: "more" }, into.tagName === "TBODY" ? el("td", { colspan: 9 }, more) : more);
  more.addEventListener("click", () => {
    holder.remove();
    const before = into.childElementCount;
    firstOf(items.slice(most), most * 10, make, into);
    into.children[before]?.querySelector("a, button, summary")?.focus();
  });
  into.append(holder);
  return into;
};
