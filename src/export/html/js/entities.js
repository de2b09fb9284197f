// The list of entities, and the panel of one.

const SORTS = {
  mentions: ["Most mentions", (a, b) => b.mentions.length - a.mentions.length || a.index - b.index],
  documents: ["Most documents", (a, b) => b.documents.length - a.documents.length || a.index - b.index],
  names: ["Most names", (a, b) => b.aliases.length - a.aliases.length || a.index - b.index],
  first: ["First seen", (a, b) => (a.documents[0] ?? 0) - (b.documents[0] ?? 0) || a.index - b.index],
  name: ["Name", (a, b) => a.name.localeCompare(b.name) || a.index - b.index],
};

/** The entities that have all words of a query in their names, or one that is their id. */
const findEntities = (query) => {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  const hay = haystacks();
  return entities.filter((e) => wanted.every((word) => hay[e.index].includes(word)));
};

const entitiesView = (() => {
  const root = element("view-entities");
  const search = el("input", { type: "search", id: "search", placeholder: "Search all names", autocomplete: "off", spellcheck: "false" });
  const least = el("input", { type: "number", id: "least", min: 1, value: 1, inputmode: "numeric" });
  const sort = el("select", { id: "sort" }, Object.entries(SORTS).map(([key, [label]]) => el("option", { value: key }, label)));
  const kinds = KINDS.map((kind) => {
    const many = entities.filter((e) => e.kind === kind).length;
    const box = el("input", { type: "checkbox", value: kind, checked: true });
    return { kind, box, label: el("label", { class: `chip ${kind}` }, box, kindSign(kind), `${KIND_NAMES[kind]} `, el("span", { class: "count" }, many.toLocaleString("en"))) };
  });
  const found = el("p", { class: "found", id: "found", "aria-live": "polite" });
  const list = new List({
    id: "entities-list",
    label: "Entities",
    height: 54,
    draw: (e) => ({
      children: [
        kindSign(e.kind),
        el("span", { class: "main" }, namedShort(e.name), el("span", { class: "sub" }, `${count(e.aliases.length, "name")} · ${count(e.documents.length, "document")}`)),
        el("span", { class: "number", title: "mentions" }, e.mentions.length.toLocaleString("en"), el("span", { class: "hidden" }, " mentions")),
      ],
    }),
    open: (e) => go(`e${e.index}`, true),
    enter: () => focusPanel(root),
  });
  const panel = el("article", { class: "panel", tabindex: -1, "aria-label": "The entity" });
  const apply = () => {
    const shown = new Set(kinds.filter(({ box }) => box.checked).map(({ kind }) => kind));
    const fewest = Math.max(1, Number(least.value) || 1);
    const items = findEntities(search.value)
      .filter((e) => shown.has(e.kind) && e.mentions.length >= fewest)
      .sort(SORTS[sort.value][1]);
    list.show(items);
    found.textContent = `${items.length.toLocaleString("en")} of ${count(entities.length, "entity", "entities")}`;
  };
  for (const control of [search, least]) control.addEventListener("input", apply);
  for (const control of [sort, ...kinds.map(({ box }) => box)]) control.addEventListener("change", apply);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    list.root.focus();
    list.choose(0);
  });
  root.append(
    el("div", { class: "pane" },
      el("div", { class: "filters" },
        el("label", { class: "hidden", for: "search" }, "Search all names"), search,
        el("div", { class: "chips", role: "group", "aria-label": "Kinds shown" }, kinds.map(({ label }) => label)),
        el("div", { class: "fields" },
          el("label", {}, el("span", {}, "Sort"), sort),
          el("label", {}, el("span", {}, "Mentions ", el("span", { "aria-hidden": "true" }, "≥"), el("span", { class: "hidden" }, "at least")), least)),
        found),
      list.root),
    panel);
  return {
    root, search, apply,
    open(index) {
      const e = entities[index];
      root.classList.add("opened");
      list.mark(e);
      panel.replaceChildren(...entityPanel(e));
      panel.setAttribute("aria-label", `${e.kind} ${spoken(cut(e.name))}`);
      panel.scrollTop = 0;
    },
    close: () => root.classList.remove("opened"),
    empty() {
      if (panel.childElementCount) return;
      panel.append(el("p", { class: "nothing" }, entities.length ? "Choose an entity to see its names and why they are one." : "No entity was found in these documents."));
    },
  };
})();

const back = (to, label) => el("a", { class: "back", href: `#${to}` }, `‹ ${label}`);
const fact = (term, ...value) => el("div", {}, el("dt", {}, term), el("dd", {}, value));
const part = (title, id, note, ...children) =>
  el("section", { "aria-labelledby": id }, el("h3", { id }, title), note && el("p", { class: "note" }, note), children);

const entityPanel = (e) => {
  const most = e.aliases[0]?.count ?? 1;
  const own = links()[e.index];
  // The one with the most to see is open.
  const telling = own.reduce((best, link) => (link.evidence.length > best.evidence.length ? link : best), own[0]);
  const others = [...near()[e.index].values()].sort((a, b) => b.weight - a.weight);
  const together = companions(e);
  return [
    back("entities", "All entities"),
    el("header", {},
      kindBadge(e.kind),
      el("h2", { class: "name", dir: "auto", tabindex: -1 }, named(e.name)),
      el("p", { class: "ids" }, el("code", {}, visible(cut(e.id))), e.table ? " · known to the tables" : " · not in the tables")),
    el("dl", { class: "facts" },
      fact("Mentions", e.mentions.length.toLocaleString("en")),
      fact("Documents", e.documents.length.toLocaleString("en")),
      fact("Names", e.aliases.length.toLocaleString("en")),
      fact("Scripts", e.scripts.join(", ") || "none"),
      e.documents.length > 0 && fact("First document", documentLink(e.documents[0])),
      e.documents.length > 0 && fact("Last document", documentLink(e.documents.at(-1)))),
    part("Names", "names-of", null,
      el("table", { class: "names" },
        el("thead", { class: "hidden" }, el("tr", {}, el("th", { scope: "col" }, "Name"), el("th", { scope: "col" }, "Share"), el("th", { scope: "col" }, "Mentions"))),
        firstOf(e.aliases, 12, (alias) => {
          const bar = svg("svg", { class: `share ${e.kind}`, viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
            svg("rect", { x: 0, y: 0, height: 6, width: Math.max(1.5, (100 * alias.count) / most) }));
          return el("tr", {}, el("th", { scope: "row" }, named(cut(alias.text, 400))), el("td", { class: "fall" }, bar), el("td", { class: "number" }, alias.count.toLocaleString("en")));
        }, el("tbody")))),
    own.length > 0 && part("Why these names are one", "links-of", "Each link with its evidence, the weightiest first. Evidence is in bits: 1 bit doubles the odds.",
      firstOf(own, 12, (link) => linkItem(e, link, link === telling), el("ul", { class: "links" }))),
    own.length === 0 && e.aliases.length > 1 && part("Why these names are one", "links-of", "They are the same but for case and signs, or stand for the same entity of the tables."),
    e.documents.length > 1 && e.aliases.length > 1 && part("Growth of names", "growth-of", "How many names had been seen after each document.", growthChart(e)),
    others.length > 0 && part("Nearest others", "near-of", "Entities whose names come nearest to these, and that were not merged.",
      el("table", { class: "near" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Entity"), el("th", { scope: "col", class: "bits" }, "Bits"), el("th", { scope: "col" }, el("span", { class: "hidden" }, "Reason")))),
        firstOf(others, 6, (pair) => {
          const other = entities[pair.left === e.index ? pair.right : pair.left];
          return el("tr", {},
            el("th", { scope: "row" }, kindSign(other.kind), entityLink(other.index)),
            el("td", { class: `bits ${pair.weight > 0 ? "for" : "against"}` }, bits(pair.weight)),
            el("td", { class: "number" }, el("a", { href: `#c${e.index},${other.index}` }, "Why not?", el("span", { class: "hidden" }, ` ${spoken(cut(other.name))}`))));
        }, el("tbody")))),
    together.length > 0 && part("Named together", "with-of", `In the same documents stand ${count(together.length, "other entity", "other entities")}.`,
      el("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "Graph of those named together" }, companionGraph(e)),
      el("ul", { class: "together" }, together.slice(0, COMPANIONS).map(([other, times]) =>
        el("li", {}, kindSign(entities[other].kind), entityLink(other), el("span", { class: "muted" }, ` ${count(times, "document")}`))))),
    part("Mentions", "mentions-of", null,
      firstOf(e.mentions, 20, ([document, mention]) =>
        el("li", {}, sourceLink(document, mention), context(document, mention)),
      el("ol", { class: "mentions" }))),
  ].filter(Boolean);
};

/** What a rule's name says to a reader. */
const ruleName = (rule) =>
  ({ table: "tables", comparison: "comparison", "short-form-across": "short form", decision: "your decision", acronym: "acronym" })[rule] ?? rule.replace("short-form:", "short form: ").replaceAll("-", " ");

const linkItem = (e, link, open) => {
  const body = el("div", { class: "why" });
  const details = el("details", { open },
    el("summary", {},
      el("span", { class: "pair" }, namedShort(link.left), el("span", { class: "equals", "aria-label": "is" }, " = "), namedShort(link.right)),
      el("span", { class: "rule" }, ruleName(link.rule)),
      el("span", { class: `bits ${link.weight > 0 ? "for" : "against"}` }, bits(link.weight), el("span", { class: "hidden" }, " bits"))),
    body);
  const draw = () => {
    if (!details.open || body.childElementCount) return;
    body.append(
      ...(link.sentence ? [el("blockquote", { dir: "auto" }, visible(link.sentence.replace(/\s+/g, " ")))] : []),
      waterfall(link.evidence, link.weight, `Evidence for ${spoken(cut(link.left))} and ${spoken(cut(link.right))}`),
      decisionButtons(e.kind, link.left, link.right, true));
  };
  details.addEventListener("toggle", draw);
  draw();
  return el("li", {}, details);
};
