// A list of any length, of which only the rows in sight are elements.

/** Rows above and below those in sight. */
const MARGIN = 6;

class List {
  #items = [];
  #rows = new Map();
  #active = -1;

  /**
   * `label` names it, `height` is that of a row in pixels, `draw` gives the children and classes of an item's row, `open` is
   * told which item was chosen, and `enter` that its panel is wanted.
   */
  constructor({ id, label, height, draw, open, enter }) {
    Object.assign(this, { id, height, draw, open, enter });
    this.canvas = el("div", { class: "canvas", role: "presentation" });
    this.root = el("div", { class: "list", role: "listbox", tabindex: 0, id, "aria-label": label }, this.canvas);
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.#paint();
      });
    };
    this.root.addEventListener("scroll", later, { passive: true });
    new ResizeObserver(later).observe(this.root);
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (!row) return;
      this.choose(Number(row.dataset.at));
      this.enter?.();
    });
  }

  get items() {
    return this.#items;
  }

  /** Shows other items; the active one stays active if it is among them. */
  show(items) {
    const active = this.#items[this.#active];
    this.#items = items;
    this.#active = active === undefined ? -1 : items.indexOf(active);
    this.canvas.style.height = `${items.length * this.height}px`;
    this.root.scrollTop = 0;
    this.redraw();
    if (this.#active >= 0) this.#scrollTo(this.#active);
  }

  /** Draws the rows in sight anew. */
  redraw() {
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#paint();
  }

  /** Makes an item the active one without opening it. */
  mark(item) {
    this.#active = this.#items.indexOf(item);
    if (this.#active >= 0) this.#scrollTo(this.#active);
    this.redraw();
  }

  /** Makes the item at a place the active one, and opens it. */
  choose(at) {
    if (at < 0 || at >= this.#items.length) return;
    this.#active = at;
    this.#scrollTo(at);
    this.redraw();
    this.open(this.#items[at]);
  }

  #scrollTo(at) {
    const [top, bottom] = [at * this.height, (at + 1) * this.height];
    const view = this.root.clientHeight;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (bottom > this.root.scrollTop + view) this.root.scrollTop = bottom - view;
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.height) - 1);
    const last = this.#items.length - 1;
    const to = {
      ArrowDown: Math.min(this.#active + 1, last),
      ArrowUp: Math.max(this.#active - 1, 0),
      PageDown: Math.min(Math.max(this.#active, 0) + page, last),
      PageUp: Math.max(this.#active - page, 0),
      Home: 0,
      End: last,
    }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) this.choose(to);
    else if (event.key === "Enter" && this.#active >= 0) this.enter?.();
    else return;
    event.preventDefault();
  }

  #paint() {
    const first = Math.max(0, Math.floor(this.root.scrollTop / this.height) - MARGIN);
    const seen = Math.ceil((this.root.clientHeight || 600) / this.height) + 2 * MARGIN;
    const last = Math.min(this.#items.length, first + seen);
    for (const [at, row] of this.#rows) {
      if (at < first || at >= last) {
        row.remove();
        this.#rows.delete(at);
      }
    }
    for (let at = first; at < last; at++) {
      if (this.#rows.has(at)) continue;
      const { children, mark = "" } = this.draw(this.#items[at]);
      const row = el("div", {
        class: `row ${mark}`,
        role: "option",
        id: `${this.id}-${at}`,
        "data-at": at,
        "aria-selected": at === this.#active,
        "aria-posinset": at + 1,
        "aria-setsize": this.#items.length,
      }, children);
      row.style.transform = `translateY(${at * this.height}px)`;
      row.style.height = `${this.height}px`;
      this.#rows.set(at, row);
      this.canvas.append(row);
    }
    if (this.#rows.has(this.#active)) this.root.setAttribute("aria-activedescendant", `${this.id}-${this.#active}`);
    else this.root.removeAttribute("aria-activedescendant");
  }
}
