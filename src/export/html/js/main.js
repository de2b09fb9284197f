// Tabs, addresses, theme and help.

const VIEWS = { entities: entitiesView, documents: documentsView, review: reviewView, compare: compareView, graph: graphView };

/** Goes to an address of the page; `replacing` leaves no step behind to go back to. */
const go = (address, replacing = false) => {
  if (replacing) {
    history.replaceState(null, "", `#${address}`);
    route();
  } else {
    location.hash = address;
  }
};

/** Moves the focus to the heading of an open panel. */
const focusPanel = (root) => root.querySelector(".panel h2")?.focus({ preventScroll: true });

const showView = (name) => {
  for (const [key, view] of Object.entries(VIEWS)) {
    const tab = element(`tab-${key}`);
    const selected = key === name;
    tab.setAttribute("aria-selected", String(selected));
    tab.tabIndex = selected ? 0 : -1;
    if (selected) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    view.root.hidden = !selected;
  }
};

/** Shows what the address says: `#e1`, `#d2`, `#d2m3`, `#r4`, `#c1,2`, or the name of a view. */
const route = () => {
  const address = location.hash.slice(1);
  const numbers = address.match(/\d+/g)?.map(Number) ?? [];
  const inside = (list, at) => at !== undefined && at < list.length;
  if (/^e\d+$/.test(address) && inside(entities, numbers[0])) {
    showView("entities");
    entitiesView.open(numbers[0]);
  } else if (/^d\d+(m\d+)?$/.test(address) && inside(documents, numbers[0])) {
    showView("documents");
    documentsView.open(...numbers);
  } else if (/^r\d+$/.test(address) && inside(review(), numbers[0])) {
    showView("review");
    reviewView.open(numbers[0]);
  } else if (/^c\d+,\d+$/.test(address) && inside(entities, numbers[0]) && inside(entities, numbers[1])) {
    showView("compare");
    compareView.open(...numbers);
  } else if (address in VIEWS) {
    VIEWS[address].close?.();
    showView(address);
    VIEWS[address].empty();
  } else if (address === "") {
    showView("entities");
    entitiesView.empty();
  }
};

/** A link to what is already open moves the focus there, as one to another place does. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const address = link.getAttribute("href").slice(1);
  event.preventDefault();
  if (location.hash.slice(1) === address) route();
  else go(address);
  followed = address;
});
let followed = null;
window.addEventListener("hashchange", () => {
  route();
  if (followed === null) return;
  // A mention that was asked for has the focus already.
  const view = Object.values(VIEWS).find(({ root }) => !root.hidden);
  if (!/m\d+$/.test(followed)) view.root.querySelector(".panel h2, h2")?.focus({ preventScroll: true });
  followed = null;
});

const tabs = Object.keys(VIEWS).map((key) => element(`tab-${key}`));
tabs.forEach((tab, at) => {
  tab.addEventListener("click", () => go(tab.id.slice(4)));
  tab.addEventListener("keydown", (event) => {
    const to = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    tabs[to].focus();
    go(tabs[to].id.slice(4));
  });
});

const theme = element("theme");
const setTheme = () => {
  if (theme.value) document.documentElement.dataset.theme = theme.value;
  else delete document.documentElement.dataset.theme;
  try {
    localStorage.setItem("allonym theme", theme.value);
  } catch {
    // The choice then holds as long as the page is open.
  }
};
try {
  theme.value = localStorage.getItem("allonym theme") ?? "";
} catch {
  // As above.
}
setTheme();
theme.addEventListener("change", setTheme);

element("decisions").addEventListener("click", openDecisions);
element("help").addEventListener("click", () => {
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "help-title" });
  const key = (keys, what) => el("div", {}, el("dt", {}, keys.map((k) => el("kbd", {}, k))), el("dd", {}, what));
  dialog.append(
    el("h2", { id: "help-title" }, "Reading this report"),
    el("p", {}, "An entity is a person, place or organization with all its names. Open one to see why its names are one; point at a mention in a document to light all mentions of its entity."),
    el("dl", { class: "keys" },
      key(["/"], "search"),
      key(["↑", "↓", "Home", "End"], "move in a list"),
      key(["Enter"], "go from a list to what it opened"),
      key(["←", "→"], "next view, on the tabs"),
      key(["A", "R", "U"], "accept, reject, undo, in the review")),
    el("p", { class: "muted" }, "Evidence is in bits: 1 bit doubles the odds, 0 is even. Nothing in this file is sent anywhere."),
    el("div", { class: "buttons" }, el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close")));
  showDialog(dialog);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  const inDocuments = !documentsView.root.hidden;
  if (!inDocuments) go("entities");
  setTimeout(() => (inDocuments ? element("search-documents") : entitiesView.search).focus());
});

decisions.listeners.push(redrawDecisions);
recall();
redrawDecisions();
window.addEventListener("beforeunload", (event) => {
  if (decisions.kept === false && decisions.saved < decisions.log.length) event.preventDefault();
});

const title = `Entities of ${count(documents.length, "document")}`;
document.title = title;
element("title").textContent = title;
const mentions = documents.reduce((sum, d) => sum + d.mentions.length, 0);
element("summary").textContent = `${count(entities.length, "entity", "entities")}, ${count(mentions, "mention")}`;
entitiesView.apply();
documentsView.apply();
if (location.hash.length < 2 && entities.length && matchMedia("(min-width: 801px)").matches) history.replaceState(null, "", "#e0");
reviewView.apply();
route();
document.documentElement.dataset.ready = "true";
