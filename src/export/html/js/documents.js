// The documents, with every mention marked; pointing at one lights all mentions of its entity.

/** The entity that is lit, or nothing. */
let lit = null;

const documentsView = (() => {
  const root = element("view-documents");
  const search = el("input", { type: "search", id: "search-documents", placeholder: "Search documents", autocomplete: "off", spellcheck: "false" });
  const hay = documents.map((d) => plain(d.id));
  const found = el("p", { class: "found", "aria-live": "polite" });
  let timesLit = new Map();
  const list = new List({
    id: "documents-list",
    label: "Documents",
    height: 54,
    draw: (d) => {
      const times = timesLit.get(d.index);
      const file = fileName(d.id);
      const folder = d.id.slice(0, d.id.length - file.length);
      return {
        mark: times ? `lit ${entities[lit].kind}` : "",
        children: [
          el("span", { class: "main" },
            pathOf(file),
            el("span", { class: "sub" }, count(d.mentions.length, "mention"), folder && [" · ", pathOf(folder)])),
          times && el("span", { class: "number", title: "mentions of the entity pointed at" }, `${times}×`),
        ],
      };
    },
    open: (d) => go(`d${d.index}`, true),
    enter: () => focusPanel(root),
  });
  const panel = el("article", { class: "panel document", tabindex: -1, "aria-label": "The document" });
  const status = el("p", { class: "pointed", hidden: true });
  const apply = () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const items = documents.filter((d) => wanted.every((word) => hay[d.index].includes(word)));
    list.show(items);
    found.textContent = `${items.length.toLocaleString("en")} of ${count(documents.length, "document")}`;
  };
  search.addEventListener("input", apply);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    list.root.focus();
    list.choose(0);
  });

  /** Lights all mentions of an entity, here and in the list of documents; nothing puts the light out. */
  const light = (entity) => {
    if (entity === lit) return;
    lit = entity;
    timesLit = new Map();
    for (const mark of panel.querySelectorAll(".lit")) mark.classList.remove("lit");
    panel.classList.toggle("lighting", entity !== null);
    status.hidden = entity === null;
    if (entity !== null) {
      const e = entities[entity];
      for (const [document] of e.mentions) timesLit.set(document, (timesLit.get(document) ?? 0) + 1);
      const marks = panel.querySelectorAll(`[data-e="${entity}"]`);
      for (const mark of marks) mark.classList.add("lit");
      const here = timesLit.get(Number(panel.dataset.document)) ?? 0;
      status.replaceChildren(kindSign(e.kind), namedShort(e.name), el("span", { class: "muted" }, ` ${here} here, ${count(e.mentions.length, "mention")} in ${count(e.documents.length, "document")}`));
    }
    list.redraw();
  };
  const pointed = (event) => {
    const mark = event.target.closest("[data-e]");
    if (mark) light(Number(mark.dataset.e));
  };
  panel.addEventListener("pointerover", pointed);
  panel.addEventListener("focusin", pointed);
  panel.addEventListener("pointerout", (event) => event.target.closest("[data-e]") && light(null));
  panel.addEventListener("focusout", () => light(null));

  root.append(
    el("div", { class: "pane" },
      el("div", { class: "filters" }, el("label", { class: "hidden", for: "search-documents" }, "Search documents"), search, found),
      list.root),
    el("div", { class: "stage" }, panel, status));
  return {
    root, apply, light,
    open(index, mention) {
      light(null);
      root.classList.add("opened");
      list.mark(documents[index]);
      panel.dataset.document = index;
      panel.replaceChildren(...documentPanel(documents[index]));
      panel.setAttribute("aria-label", spoken(cut(documents[index].id)));
      panel.scrollTop = 0;
      const mark = mention === undefined ? null : panel.querySelector(`#m${mention}`);
      mark?.scrollIntoView({ block: "center" });
      mark?.focus({ preventScroll: true });
    },
    close: () => root.classList.remove("opened"),
    empty() {
      if (panel.childElementCount) return;
      panel.append(el("p", { class: "nothing" }, documents.length ? "Choose a document to read it with its mentions marked." : "There are no documents."));
    },
  };
})();

const documentPanel = (d) => {
  const text = textOf(d.index);
  const counts = new Map();
  for (const { entity } of d.mentions) if (entity >= 0) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  const own = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const placed = d.mentions.map((mention, index) => ({ ...mention, index })).filter((m) => m.start >= 0).sort((a, b) => a.start - b.start);
  const rest = d.mentions.map((mention, index) => ({ ...mention, index })).filter((m) => m.start < 0);
  const body = el("div", { class: "text" });
  let from = 0;
  for (const mention of placed) {
    body.append(...visible(text.slice(from, mention.start)), mark(mention));
    from = mention.end;
  }
  body.append(...visible(text.slice(from)));
  return [
    back("documents", "All documents"),
    el("header", {},
      el("h2", { class: "name path", tabindex: -1 }, named(d.id, { dir: "ltr" })),
      el("p", { class: "ids" }, `${count(d.mentions.length, "mention")} of ${count(own.length, "entity", "entities")}`)),
    own.length > 0 && firstOf(own, 16, ([entity, times]) =>
      el("li", {}, el("a", { class: `tag ${entities[entity].kind}`, href: `#e${entity}`, "data-e": entity }, kindSign(entities[entity].kind), namedShort(entities[entity].name), el("span", { class: "count" }, times))),
    el("ul", { class: "tags", "aria-label": "Entities of this document" })),
    text ? body : el("p", { class: "note" }, "The report was made without the text of this document."),
    rest.length > 0 && part(text ? "Mentions that have no place in the text" : "Mentions", "rest-of", null,
      firstOf(rest, 200, (mention) => el("li", {}, mark(mention)), el("ul", { class: "rest" }))),
  ].filter(Boolean);
};

/** A mention in its document; one that is no entity's was rejected by a decision. */
const mark = ({ entity, text, confidence, index }) => {
  if (entity < 0) return el("span", { class: "rejected", id: `m${index}`, title: "rejected by a decision" }, visible(text));
  const e = entities[entity];
  const meant = e.name === text ? e.kind : `${e.kind} ${spoken(cut(e.name))}`;
  return el("a", {
    class: `m ${e.kind}`,
    id: `m${index}`,
    href: `#e${entity}`,
    "data-e": entity,
    "aria-label": `${spoken(cut(text))}, ${meant}`,
    title: `${spoken(cut(e.name))} (${e.kind}), confidence ${confidence} %`,
  }, visible(text));
};
