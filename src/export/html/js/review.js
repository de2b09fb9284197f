// The most open decisions, for a person to accept or reject.

const OUTCOMES = {
  queued: ["Left to you", "Other decisions or two equally good candidates leave this one to you."],
  merged: ["Merged", "They are names of one entity. Of what joins them nothing is stronger than this."],
  apart: ["Apart", "They are names of two entities."],
};

const reviewView = (() => {
  const root = element("view-review");
  const outcome = el("select", { id: "outcome" },
    el("option", { value: "" }, "All decisions"),
    Object.entries(OUTCOMES).map(([key, [label]]) => el("option", { value: key }, label)));
  const open = el("input", { type: "checkbox", id: "only-open" });
  const found = el("p", { class: "found", "aria-live": "polite" });
  let shown = null;
  const list = new List({
    id: "review-list",
    label: "Open decisions",
    height: 64,
    draw: (item) => {
      const decided = decidedOf(item.kind, item.left.name, item.right.name);
      return {
        mark: decided ? "done" : "",
        children: [
          kindSign(item.kind),
          el("span", { class: "main two" }, namedShort(item.left.name), namedShort(item.right.name)),
          el("span", { class: "side" },
            el("span", { class: `outcome ${decided ?? item.outcome}` }, decided ? (decided === "same" ? "✓ one" : "✓ two") : OUTCOMES[item.outcome][0]),
            el("span", { class: "bits" }, bits(item.weight))),
        ],
      };
    },
    open: (item) => go(`r${item.index}`, true),
    enter: () => focusPanel(root),
  });
  const panel = el("article", { class: "panel", tabindex: -1, "aria-label": "The decision" });
  const apply = () => {
    const items = review().filter((item) =>
      (!outcome.value || item.outcome === outcome.value) &&
      (!open.checked || !decidedOf(item.kind, item.left.name, item.right.name)));
    list.show(items);
    const most = review().length === words.mostReviewed ? ", the most open of all" : "";
    found.textContent = `${items.length.toLocaleString("en")} of ${review().length.toLocaleString("en")}${most}`;
  };
  outcome.addEventListener("change", apply);
  open.addEventListener("change", apply);
  // While the list or the panel has the focus a letter decides; elsewhere letters are letters.
  root.addEventListener("keydown", (event) => {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
    const names = [shown.kind, shown.left.name, shown.right.name];
    if (event.key === "a") decide("same", ...names);
    else if (event.key === "r") decide("different", ...names);
    else if (event.key === "u") undo(...names);
    else return;
    event.preventDefault();
  });
  decisions.listeners.push(() => list.redraw());
  root.append(
    el("div", { class: "pane" },
      el("div", { class: "filters" },
        el("div", { class: "fields" },
          el("label", {}, el("span", {}, "Show"), outcome),
          el("label", { class: "check" }, open, " Undecided only")),
        found),
      list.root),
    panel);
  return {
    root, apply,
    open(index) {
      const item = review()[index];
      shown = item;
      root.classList.add("opened");
      list.mark(item);
      panel.replaceChildren(...reviewPanel(item));
      panel.scrollTop = 0;
    },
    close: () => root.classList.remove("opened"),
    empty() {
      if (panel.childElementCount) return;
      panel.append(el("p", { class: "nothing" }, review().length ? "Choose a decision: those nearest the threshold come first." : "Nothing is open: no two names of these documents are near the threshold."));
    },
  };
})();

const reviewPanel = (item) => {
  const side = ({ name, entity, places }) =>
    el("div", { class: "side" },
      el("h3", { class: "name" }, named(cut(name, 400))),
      entity !== null && el("p", { class: "note" }, "Entity ", entityLink(entity)),
      places.length > 0 && el("ol", { class: "mentions" }, places.map(([document, mention]) =>
        el("li", {}, sourceLink(document, mention), context(document, mention)))));
  const merged = item.outcome === "merged";
  return [
    back("review", "All decisions"),
    el("header", {},
      el("p", { class: "badges" }, kindBadge(item.kind), el("span", { class: `outcome ${item.outcome}` }, OUTCOMES[item.outcome][0])),
      el("h2", { class: "name", tabindex: -1 }, merged ? "Are they one?" : "Are they two?"),
      el("p", { class: "ids" }, OUTCOMES[item.outcome][1], ` Probability that they are one: ${percent(item.weight)}.`)),
    decisionButtons(item.kind, item.left.name, item.right.name, merged),
    el("div", { class: "sides" }, side(item.left), side(item.right)),
    part("Evidence", "evidence-of", null, waterfall(item.evidence, item.weight, "Evidence for the two names")),
  ];
};
