// A sum of evidence, as a waterfall: each piece begins where those before it ended.

const WATERFALL_WIDTH = 240;
const WATERFALL_HEIGHT = 18;

/** A table of the evidence with its waterfall, and the sum. */
const waterfall = (evidence, weight, label) => {
  let sum = 0;
  const steps = evidence.map((piece) => {
    const from = sum;
    sum += piece.weight;
    return { ...piece, from, to: sum };
  });
  const all = [0, weight, ...steps.flatMap(({ from, to }) => [from, to])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value) => 4 + ((value - low) / (high - low || 1)) * (WATERFALL_WIDTH - 8);
  const bar = (from, to, kind) =>
    svg("svg", { class: "bar", viewBox: `0 0 ${WATERFALL_WIDTH} ${WATERFALL_HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("line", { class: "zero", x1: at(0), x2: at(0), y1: 0, y2: WATERFALL_HEIGHT }),
      svg("rect", { class: kind, x: Math.min(at(from), at(to)), y: 3, width: Math.max(2, Math.abs(at(to) - at(from))), height: WATERFALL_HEIGHT - 6, rx: 2 }),
      kind !== "sum" && svg("line", { class: "join", x1: at(to), x2: at(to), y1: WATERFALL_HEIGHT - 3, y2: WATERFALL_HEIGHT }));
  const seen = (text) => named(cut(text, 60));
  const sides = ({ left, right }) => {
    if (!left && !right) return [el("td", { colspan: 2 })];
    if (left === right || !right) return [el("td", { colspan: 2 }, seen(left))];
    if (!left) return [el("td"), el("td", {}, seen(right))];
    return [el("td", {}, seen(left)), el("td", {}, seen(right))];
  };
  const row = (piece) => {
    const kind = piece.weight < 0 ? "against" : "for";
    return el("tr", {},
      el("th", { scope: "row" }, piece.feature),
      sides(piece),
      el("td", { class: `bits ${kind}` }, bits(piece.weight)),
      el("td", { class: "fall" }, bar(piece.from, piece.to, kind)));
  };
  return el("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": label },
    el("table", { class: "waterfall" },
      el("caption", { class: "hidden" }, label),
      el("thead", {}, el("tr", {},
        el("th", { scope: "col" }, "Evidence"),
        el("th", { scope: "col" }, "Left"),
        el("th", { scope: "col" }, "Right"),
        el("th", { scope: "col", class: "bits" }, "Bits"),
        el("th", { scope: "col", class: "fall" }, el("span", { class: "axis" }, el("span", {}, "against"), el("span", {}, "for"))))),
      el("tbody", {}, steps.map(row)),
      el("tfoot", {}, el("tr", {},
        el("th", { scope: "row", colspan: 3 }, weight > 0 ? "Sum: one entity" : "Sum: two entities", el("span", { class: "muted" }, ` · probability ${percent(weight)}`)),
        el("td", { class: `bits ${weight > 0 ? "for" : "against"}` }, bits(weight)),
        el("td", { class: "fall" }, bar(0, weight, "sum"))))));
};

/** The words around some mentions. */
const AROUND = 90;
const context = (document, mention) => {
  const { start, end, text: surface, entity } = documents[document].mentions[mention];
  if (start < 0) return el("span", { class: "context" }, el("mark", { class: "m" }, namedShort(surface)));
  const text = textOf(document);
  let from = Math.max(0, start - AROUND);
  let to = Math.min(text.length, end + AROUND);
  // Words are whole where they are separated at all.
  if (from > 0) from += Math.max(0, text.slice(from, start).search(/\s/));
  if (to < text.length) to -= Math.max(0, [...text.slice(end, to)].reverse().join("").search(/\s/));
  // Half a character at either end is none.
  const line = (piece) => piece.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "").replace(/\s+/g, " ");
  const kind = entity < 0 ? "" : entities[entity].kind;
  return el("span", { class: "context", dir: "auto" },
    from > 0 ? "… " : "", visible(line(text.slice(from, start)).trimStart()),
    el("mark", { class: `m ${kind}` }, visible(cut(surface))),
    visible(line(text.slice(end, to)).trimEnd()), to < text.length ? " …" : "");
};
