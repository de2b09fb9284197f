// Who is named in the same documents, over all of them.

const graphView = (() => {
  const root = element("view-graph");
  const many = el("select", { id: "graph-size" }, [20, 40, 80].map((n) => el("option", { value: n, selected: n === 40 }, String(n))));
  const kinds = KINDS.map((kind) => {
    const box = el("input", { type: "checkbox", value: kind, checked: true });
    return { kind, box, label: el("label", { class: `chip ${kind}` }, box, kindSign(kind), KIND_NAMES[kind]) };
  });
  const stage = el("div", { class: "stage scroller", tabindex: 0, role: "region", "aria-label": "The graph" });
  const table = el("div");
  const draw = () => {
    const shown = new Set(kinds.filter(({ box }) => box.checked).map(({ kind }) => kind));
    const nodes = entities.filter((e) => shown.has(e.kind)).slice(0, Number(many.value));
    const edges = edgesBetween(nodes, 3);
    const [width, height] = [Math.max(700, stage.clientWidth - 2), Math.max(480, innerHeight - 320)];
    stage.replaceChildren(nodes.length ? entityGraph(nodes, edges, { width, height, label: `The ${nodes.length} entities with the most mentions; a line joins those named in the same documents.` }) : el("p", { class: "nothing" }, "No entity is shown."));
    const row = ([a, b, times]) => el("tr", {}, el("th", { scope: "row" }, entityLink(nodes[a].index)), el("td", {}, entityLink(nodes[b].index)), el("td", { class: "number" }, times.toLocaleString("en")));
    table.replaceChildren(el("details", {}, el("summary", {}, "The same as a table"),
      el("table", { class: "near" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Entity"), el("th", { scope: "col" }, "Named with"), el("th", { scope: "col", class: "number" }, "Documents"))),
        firstOf(edges, 50, row, el("tbody")))));
  };
  for (const control of [many, ...kinds.map(({ box }) => box)]) control.addEventListener("change", draw);
  root.append(el("div", { class: "column wide" },
    el("div", { class: "graphhead" },
      el("div", {}, el("h2", {}, "Named together"), el("p", { class: "note" }, "A line joins entities that stand in the same documents, the thicker the more; of each the strongest three. Point at one to see its neighbours.")),
      el("div", { class: "controls" },
        el("div", { class: "chips", role: "group", "aria-label": "Kinds shown" }, kinds.map(({ label }) => label)),
        el("label", {}, el("span", {}, "Entities"), many))),
    stage, table));
  let drawn = false;
  return {
    root,
    empty() {
      if (drawn) return;
      drawn = true;
      draw();
    },
  };
})();
