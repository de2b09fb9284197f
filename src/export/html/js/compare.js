// Why two entities are two.

/** A field that finds an entity by its names. */
class Finder {
  constructor(id, label, chosen) {
    this.entity = null;
    this.input = el("input", { type: "text", id, role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Type a name" });
    this.list = el("ul", { class: "options", role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
    this.root = el("div", { class: "finder" }, el("label", { for: id }, label), this.input, this.list);
    this.options = [];
    this.at = -1;
    this.chosen = chosen;
    this.input.addEventListener("input", () => this.#show());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => setTimeout(() => this.#hide(), 120));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return this.#hide();
      if (event.key === "Enter") return this.#take(this.options[Math.max(this.at, 0)]);
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      if (this.list.hidden) return this.#show();
      const many = this.options.length;
      this.#mark((this.at + (event.key === "ArrowDown" ? 1 : many - 1) + (this.at < 0 && event.key === "ArrowUp" ? 1 : 0)) % many);
    });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.#take(this.options[Number(option.dataset.at)]);
    });
  }

  set(entity) {
    this.entity = entity;
    this.input.value = entity ? spoken(cut(entity.name)) : "";
    this.#hide();
  }

  #show() {
    this.options = findEntities(this.input.value).slice(0, 10);
    this.at = -1;
    this.list.replaceChildren(...this.options.map((e, i) =>
      el("li", { role: "option", id: `${this.input.id}-${i}`, "data-at": i, "aria-selected": "false" }, kindSign(e.kind), namedShort(e.name), el("span", { class: "muted" }, ` ${count(e.mentions.length, "mention")}`))));
    this.list.hidden = this.options.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  #mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `${this.input.id}-${at}`);
  }

  #hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #take(entity) {
    if (!entity) return;
    this.set(entity);
    this.chosen();
  }
}

const compareView = (() => {
  const root = element("view-compare");
  const chosen = () => left.entity && right.entity && go(`c${left.entity.index},${right.entity.index}`);
  const left = new Finder("compare-left", "One entity", chosen);
  const right = new Finder("compare-right", "Another entity", chosen);
  const answer = el("div", { class: "answer", "aria-live": "polite" });
  root.append(el("div", { class: "column" },
    el("h2", {}, "Why are two entities not one?"),
    el("p", { class: "note" }, "Choose any two. The answer is what was seen when they were compared, or that they never were."),
    el("div", { class: "finders" }, left.root, el("span", { class: "versus", "aria-hidden": "true" }, "and"), right.root),
    answer));
  return {
    root,
    open(a, b) {
      left.set(entities[a]);
      right.set(entities[b]);
      answer.replaceChildren(...whyNot(entities[a], entities[b]));
    },
    empty() {
      if (answer.childElementCount || !entities.length) return;
      const pair = [...near().entries()].flatMap(([i, of]) => [...of.values()].filter((p) => p.left === i)).sort((x, y) => y.weight - x.weight)[0];
      answer.append(el("p", { class: "nothing" }, pair ? ["For example ", el("a", { href: `#c${pair.left},${pair.right}` }, namedShort(entities[pair.left].name), " and ", namedShort(entities[pair.right].name)), "."] : "No two entities of these documents were compared."));
    },
  };
})();

/** Whether the names of two entities are brought together by a key, and whether only by keys that too many share. */
const sharedKeys = (x, y) => {
  const [a, b] = [keys()[x.index], keys()[y.index]];
  const common = (own, other) => {
    const there = new Set(other);
    return own.filter((key) => there.has(key));
  };
  const shared = [...common(a.fine, b.fine), ...(a.foreign || b.foreign ? common(a.coarse, b.coarse) : [])];
  return { full: a.full && b.full, shared: shared.length, open: shared.filter((key) => !cappedKeys().has(key)).length };
};

const whyNot = (x, y) => {
  if (x === y) return [el("p", { class: "verdict" }, "That is one entity. Its panel says why its names are one: ", entityLink(x.index), ".")];
  const pair = near()[x.index].get(y.index);
  const known = x.table && y.table && x.table !== y.table;
  const held =
    x.kind !== y.kind ? `one is a ${x.kind}, the other ${y.kind === "organization" ? "an" : "a"} ${y.kind}`
    : apart().get(pairKey(x.index, y.index)) ?? (known ? "they are two entities of the tables" : null);
  const names = (e) => el("div", { class: "side" }, kindBadge(e.kind), el("h3", { class: "name" }, entityLink(e.index)), el("p", { class: "note" }, `${count(e.aliases.length, "name")}, ${count(e.mentions.length, "mention")} in ${count(e.documents.length, "document")}`));
  const out = [el("div", { class: "sides" }, names(x), names(y))];
  if (held) out.push(el("p", { class: "verdict" }, el("strong", {}, "Held apart: "), `${held}. No evidence outweighs that${x.kind === y.kind ? " but your decision" : ""}.`));
  if (pair) {
    const lacking = pair.weight <= 0;
    if (sharedKeys(x, y).open === 0 && !pair.queued) {
      out.push(el("p", { class: "note" }, "They were never compared to be merged, as no two names of theirs share a key by which names are brought together. Set side by side for this report:"));
    }
    out.push(el("p", { class: "verdict" },
      pair.queued ? [el("strong", {}, "Left to you. "), "One of them resembles another entity as well."]
      : lacking ? [el("strong", {}, `They lack ${bits(-pair.weight).slice(1)} bits of evidence. `), "Of all their names these two speak most for their being one:"]
      : held ? "The names alone would do. Of all their names these two speak most for their being one:"
      : [el("strong", {}, "The names alone would do. "), "The other names of the two entities, or others of the same name, speak against."]));
    out.push(el("p", { class: "pairline" }, namedShort(pair.left === x.index ? pair.leftName : pair.rightName), " / ", namedShort(pair.left === x.index ? pair.rightName : pair.leftName)));
    out.push(waterfall(pair.left === x.index ? pair.evidence : pair.evidence.map((e) => ({ ...e, left: e.right, right: e.left })), pair.weight, "Evidence for the nearest names of the two"));
  } else if (x.kind === y.kind) {
    const { full, shared, open } = sharedKeys(x, y);
    out.push(el("p", { class: "verdict" },
      !full ? [el("strong", {}, "Not compared. "), "Of one of them only a short form is known here. A short form is bound inside its document, or to the one entity that bears it."]
      : shared === 0 ? [el("strong", {}, "Never compared. "), "No two names of theirs share a key by which names are brought together: their sounds have too little in common."]
      : open === 0 ? [el("strong", {}, "Not compared. "), "Their names share only keys that too many others share as well."]
      : [el("strong", {}, "Far from one. "), "Names of theirs share a key, but others are nearer to both. The example ", el("code", {}, "explain --pair"), " shows the evidence."]));
  }
  const detour = pair && pair.weight > 0 ? [] : wayBetween(x, y, pair?.weight ?? -Infinity);
  if (detour.length) {
    out.push(el("p", { class: "note" }, "The strongest way between them leads by others:"),
      el("ol", { class: "way" }, detour.map((step) => el("li", {}, namedShort(step.leftName), " / ", namedShort(step.rightName), el("span", { class: "muted" }, ` ${bits(step.weight)} bits`)))));
  }
  if (x.kind === y.kind) {
    const [l, r] = pair ? (pair.left === x.index ? [pair.leftName, pair.rightName] : [pair.rightName, pair.leftName]) : [x.aliases[0].text, y.aliases[0].text];
    out.push(decisionButtons(x.kind, l, r, false));
  }
  return out;
};

/**
 * The way from one entity to another whose weakest step is the strongest, by way of at least one other; nothing when its
 * weakest step has no more evidence than the two have themselves.
 */
const wayBetween = (x, y, direct) => {
  const reached = new Map([[x.index, { width: Infinity }]]);
  const queue = new Set([x.index]);
  while (queue.size) {
    const at = [...queue].reduce((best, i) => (reached.get(i).width > reached.get(best).width ? i : best));
    queue.delete(at);
    if (at === y.index) break;
    for (const [next, pair] of near()[at]) {
      if (at === x.index && next === y.index) continue;
      const width = Math.min(reached.get(at).width, pair.weight);
      // Steps that lack this much say nothing.
      if (width <= Math.max(direct, -5000) || width <= (reached.get(next)?.width ?? -Infinity)) continue;
      reached.set(next, { width, before: at, pair });
      queue.add(next);
    }
  }
  const way = [];
  for (let at = y.index; reached.get(at)?.pair; at = reached.get(at).before) {
    const { pair } = reached.get(at);
    way.unshift(pair.right === at ? pair : { ...pair, leftName: pair.rightName, rightName: pair.leftName });
  }
  return way;
};
