// Pictures: how the names of an entity grow, and who is named together.

/** Names that an entity had been seen with after each of its documents. */
const growthOf = (entity) => {
  const seen = new Set();
  const steps = [];
  let from = 0;
  for (const document of entity.documents) {
    const fresh = [];
    for (; from < entity.mentions.length && entity.mentions[from][0] === document; from++) {
      const { text } = documents[document].mentions[entity.mentions[from][1]];
      if (!seen.has(text)) {
        seen.add(text);
        fresh.push(text);
      }
    }
    steps.push({ document, names: seen.size, fresh });
  }
  return steps;
};

const growthChart = (entity) => {
  const steps = growthOf(entity);
  const [width, height, left, right, top, bottom] = [640, 170, 34, 14, 14, 26];
  const most = Math.max(...steps.map((step) => step.names));
  const x = (i) => left + (steps.length === 1 ? 0.5 : i / (steps.length - 1)) * (width - left - right);
  const y = (names) => height - bottom - (names / most) * (height - top - bottom);
  const line = steps.map(({ names }, i) => `${i === 0 ? `M${x(0)} ${y(names)}` : `H${x(i)}V${y(names)}`}`).join("");
  const area = `${line}V${y(0)}H${x(0)}Z`;
  const ticks = [...new Set([0, Math.round(most / 2), most])];
  return svg("svg", { class: "growth", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Names seen: ${steps[0].names} after the first document, ${most} after ${count(steps.length, "document")}.` },
    ticks.map((tick) => [
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "tick", x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, String(tick)),
    ]),
    steps.length > 1 && svg("path", { class: `area ${entity.kind}`, d: area }),
    steps.length > 1 && svg("path", { class: `line ${entity.kind}`, d: line }),
    steps.filter((step) => step.fresh.length).slice(0, 200).map((step) => {
      const i = steps.indexOf(step);
      return svg("circle", { class: `dot ${entity.kind}`, cx: x(i), cy: y(step.names), r: 4 },
        svg("title", {}, `${spoken(cut(documents[step.document].id))}: ${step.fresh.map((name) => spoken(cut(name, 40))).join(", ")}`));
    }),
    svg("text", { class: "tick", x: left, y: height - 6 }, "first document"),
    svg("text", { class: "tick", x: width - right, y: height - 6, "text-anchor": "end" }, `document ${steps.length} of ${steps.length} that name it`));
};

/** Turns of a force-directed layout: enough for a hundred things to settle. */
const TURNS = 300;

/** Turns in which labels that lie on each other are moved apart. */
const LABEL_TURNS = 80;

/**
 * Places for things that pull each other where an edge is and push each other everywhere (Fruchterman and Reingold), spread
 * over the picture. The first places follow from the order, so the same graph is drawn the same way each time.
 * `widths` are those of the labels.
 */
const layOut = (widths, edges, width, height) => {
  const many = widths.length;
  const x = new Float64Array(many);
  const y = new Float64Array(many);
  for (let i = 0; i < many; i++) {
    x[i] = Math.sqrt(i + 0.5) * Math.cos(i * 2.399963);
    y[i] = Math.sqrt(i + 0.5) * Math.sin(i * 2.399963);
  }
  for (let turn = 0; turn < TURNS; turn++) {
    const heat = 1.2 * (1 - turn / TURNS) ** 2 + 0.01;
    const dx = new Float64Array(many);
    const dy = new Float64Array(many);
    for (let a = 0; a < many; a++) {
      for (let b = a + 1; b < many; b++) {
        const [h, v] = [x[a] - x[b], y[a] - y[b]];
        const push = 1.6 / (h * h + v * v + 0.01);
        dx[a] += h * push;
        dy[a] += v * push;
        dx[b] -= h * push;
        dy[b] -= v * push;
      }
      dx[a] -= x[a] * 0.14;
      dy[a] -= y[a] * 0.14;
    }
    for (const { a, b, strength } of edges) {
      const [h, v] = [x[a] - x[b], y[a] - y[b]];
      const pull = Math.hypot(h, v) * strength * 0.35;
      dx[a] -= h * pull;
      dy[a] -= v * pull;
      dx[b] += h * pull;
      dy[b] += v * pull;
    }
    for (let i = 0; i < many; i++) {
      const length = Math.hypot(dx[i], dy[i]) || 1;
      x[i] += (dx[i] / length) * Math.min(length, heat);
      y[i] += (dy[i] / length) * Math.min(length, heat);
    }
  }
  const widest = Math.max(...widths) / 2 + 8;
  spread(x, widest, width - widest);
  spread(y, 24, height - 40);
  for (let turn = 0; turn < LABEL_TURNS; turn++) {
    for (let a = 0; a < many; a++) {
      for (let b = a + 1; b < many; b++) {
        const [h, v] = [x[b] - x[a], y[b] - y[a]];
        const [wide, high] = [(widths[a] + widths[b]) / 2 + 6 - Math.abs(h), 44 - Math.abs(v)];
        if (wide <= 0 || high <= 0) continue;
        const move = 0.3 * Math.min(wide, high) * (wide < high ? Math.sign(h) || 1 : Math.sign(v) || 1);
        const along = wide < high ? x : y;
        along[a] -= move;
        along[b] += move;
      }
      x[a] = Math.min(width - widths[a] / 2 - 6, Math.max(widths[a] / 2 + 6, x[a]));
      y[a] = Math.min(height - 40, Math.max(22, y[a]));
    }
  }
  return Array.from(x, (at, i) => [at, y[i]]);
};

/** Stretches values so that they reach from `low` to `high`. */
const spread = (values, low, high) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  for (let i = 0; i < values.length; i++) {
    values[i] = most > least ? low + ((values[i] - least) / (most - least)) * (high - low) : (low + high) / 2;
  }
};

/** A graph of entities: `edges` are [a, b, number of documents] by places in `nodes`. */
const entityGraph = (nodes, edges, { width, height, label, focus }) => {
  const most = Math.max(1, ...edges.map(([, , times]) => times));
  const largest = Math.max(1, ...nodes.map((node) => node.mentions.length));
  const labels = nodes.map((node) => spoken(cut(node.name, 30)));
  const places = layOut(labels.map((label) => 12 + 7.1 * label.length), edges.map(([a, b, times]) => ({ a, b, strength: 0.25 + 0.75 * (times / most) })), width, height);
  const lines = edges.map(([a, b, times]) =>
    svg("line", {
      class: "edge", "data-a": a, "data-b": b, "stroke-width": (0.8 + 4 * (times / most)).toFixed(1),
      x1: places[a][0].toFixed(1), y1: places[a][1].toFixed(1), x2: places[b][0].toFixed(1), y2: places[b][1].toFixed(1),
    }, svg("title", {}, `${spoken(cut(nodes[a].name, 60))} and ${spoken(cut(nodes[b].name, 60))}: ${count(times, "document")}`)));
  const neighbours = nodes.map(() => new Set());
  for (const [a, b] of edges) {
    neighbours[a].add(b);
    neighbours[b].add(a);
  }
  const dots = nodes.map((node, i) => {
    const radius = 4 + 12 * Math.sqrt(node.mentions.length / largest);
    const [x, y] = places[i];
    return svg("a", { class: `node ${node.kind}${node === focus ? " focus" : ""}`, href: `#e${node.index}`, "data-node": i, "aria-label": `${labels[i]}, ${node.kind}, ${count(node.mentions.length, "mention")}` },
      svg("title", {}, spoken(cut(node.name))),
      dot(node.kind, x, y, radius),
      svg("text", { x: x.toFixed(1), y: (y + radius + 13).toFixed(1), "text-anchor": "middle" }, labels[i]));
  });
  const picture = svg("svg", { class: "graph", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label }, lines, dots);
  const light = (i) => {
    picture.classList.toggle("lit", i !== null);
    dots.forEach((dot, j) => dot.classList.toggle("near", i !== null && (i === j || neighbours[i].has(j))));
    lines.forEach((line, j) => line.classList.toggle("near", i !== null && (edges[j][0] === i || edges[j][1] === i)));
  };
  for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    picture.addEventListener(on, (event) => {
      const node = event.target.closest("[data-node]");
      if (node) light(Number(node.dataset.node));
    });
    picture.addEventListener(off, () => light(null));
  }
  return picture;
};

/** People are round, places square, organizations stand on a corner. */
const dot = (kind, x, y, radius) => {
  const [cx, cy, r] = [x, y, radius].map((value) => Number(value.toFixed(1)));
  if (kind === "person") return svg("circle", { class: "dot", cx, cy, r });
  if (kind === "place") return svg("rect", { class: "dot", x: cx - 0.88 * r, y: cy - 0.88 * r, width: 1.76 * r, height: 1.76 * r, rx: 2 });
  return svg("path", { class: "dot", d: `M${cx} ${cy - 1.2 * r}L${cx + 1.2 * r} ${cy}L${cx} ${cy + 1.2 * r}L${cx - 1.2 * r} ${cy}Z` });
};

/** An entity, and those named with it in the most documents. */
const COMPANIONS = 12;
const companionGraph = (entity) => {
  const nodes = [entity, ...companions(entity).slice(0, COMPANIONS).map(([other]) => entities[other])];
  return entityGraph(nodes, edgesAround(nodes), {
    width: 760, height: 400, focus: entity, label: "Those named in the same documents",
  });
};

/** The same of one entity, the first, with each of the others. */
const edgesAround = (nodes) => {
  const own = companions(nodes[0]);
  const place = new Map(nodes.map((node, i) => [node.index, i]));
  const spokes = own.filter(([other]) => place.has(other)).map(([other, times]) => [0, place.get(other), times]);
  return [...spokes, ...edgesBetween(nodes, 2).filter(([a]) => a !== 0)];
};

/**
 * Who of some entities are named in the same documents: of each the `each` others with which it shares the most. Those of
 * all pairs would be too many to see any.
 */
const edgesBetween = (nodes, each) => {
  const place = new Map(nodes.map((node, i) => [node.index, i]));
  const counts = new Map();
  for (const { mentions } of documents) {
    const here = [...new Set(mentions.map((m) => m.entity))].filter((e) => place.has(e)).map((e) => place.get(e)).sort((a, b) => a - b);
    for (let i = 0; i < here.length; i++) {
      for (let j = i + 1; j < here.length; j++) {
        const key = here[i] * nodes.length + here[j];
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  const all = [...counts].map(([key, times]) => [Math.floor(key / nodes.length), key % nodes.length, times]);
  all.sort((x, y) => y[2] - x[2] || x[0] - y[0] || x[1] - y[1]);
  const taken = nodes.map(() => 0);
  return all.filter(([a, b]) => {
    if (taken[a] >= each && taken[b] >= each) return false;
    taken[a]++;
    taken[b]++;
    return true;
  });
};
