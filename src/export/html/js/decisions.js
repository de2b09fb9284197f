// What the reader decides: an append-only log, as `resolve --decisions FILE` takes it.

const STORE = `allonym ${words.digest}`;

const decisions = {
  /** The lines of the log. */
  log: [],
  /** The decisions in force, by the pair that they are about. */
  inForce: new Map(),
  /** How many lines were saved. */
  saved: 0,
  listeners: [],
};

const nameKey = (kind, name) => `${kind}\u0000${fold(name)}`;
const matter = (kind, left, right) => [nameKey(kind, left), nameKey(kind, right)].sort().join("\u0001");

/** What was decided of two names: "same", "different", or nothing. */
const decidedOf = (kind, left, right) => decisions.inForce.get(matter(kind, left, right))?.decision;

/** The names that are one with a name by decisions, that about one pair left out. */
const joinedWith = (start, but) => {
  const group = new Set([start]);
  const queue = [start];
  while (queue.length) {
    const at = queue.pop();
    for (const [key, verdict] of decisions.inForce) {
      if (key === but || verdict.decision !== "same") continue;
      const [a, b] = key.split("\u0001");
      const next = a === at ? b : b === at ? a : null;
      if (next !== null && !group.has(next)) {
        group.add(next);
        queue.push(next);
      }
    }
  }
  return group;
};

/** Why a decision cannot be made beside those in force; nothing when it can. */
const contradiction = (verdict, kind, left, right) => {
  const key = matter(kind, left, right);
  const [a, b] = [nameKey(kind, left), nameKey(kind, right)];
  if (fold(left) === "" || fold(right) === "") return "A name without a letter or digit cannot be decided on.";
  if (a === b) return "The two are one name but for case and signs.";
  const [group, other] = [joinedWith(a, key), joinedWith(b, key)];
  if (verdict === "different") {
    return group.has(b) ? "Other decisions make these two names one. Undo one of those first." : null;
  }
  const all = new Set([...group, ...other]);
  for (const [pair, { decision }] of decisions.inForce) {
    const [x, y] = pair.split("\u0001");
    if (pair !== key && decision === "different" && all.has(x) && all.has(y)) {
      return "Other decisions hold apart names that this would make one. Undo one of those first.";
    }
  }
  return null;
};

/** Decides on two names; says why not when it contradicts what was decided. */
const decide = (verdict, kind, left, right) => {
  const reason = contradiction(verdict, kind, left, right);
  if (reason) {
    say(reason);
    return reason;
  }
  take({ decision: verdict, left: { kind, name: left }, right: { kind, name: right } });
  say(`Decided: ${spoken(cut(left))} and ${spoken(cut(right))} are ${verdict === "same" ? "one" : "two"}.`);
  return null;
};

const undo = (kind, left, right) => {
  const of = decisions.inForce.get(matter(kind, left, right));
  if (!of) return;
  take({ decision: "undo", of });
  say(`Undone: ${spoken(cut(left))} and ${spoken(cut(right))} are open again.`);
};

/** Appends a line to the log, and keeps the log for when the page is opened again. */
const take = (line, quietly = false) => {
  const verdict = line.decision === "undo" ? line.of : line;
  const key = matter(verdict.left.kind, verdict.left.name, verdict.right.name);
  if (line.decision === "undo") decisions.inForce.delete(key);
  else decisions.inForce.set(key, line);
  decisions.log.push(line);
  if (quietly) return;
  keep();
  decisions.listeners.forEach((listener) => listener());
};

/** Storage may be forbidden to files: then the page warns before it is closed. */
const keep = () => {
  try {
    localStorage.setItem(STORE, JSON.stringify(decisions.log));
    decisions.kept = true;
  } catch {
    decisions.kept = false;
  }
};

const recall = () => {
  try {
    for (const line of JSON.parse(localStorage.getItem(STORE) ?? "[]")) take(line, true);
  } catch {
    // Nothing was kept, or something else under this name.
  }
};

const forgetAll = () => {
  decisions.log = [];
  decisions.inForce.clear();
  decisions.saved = 0;
  keep();
  decisions.listeners.forEach((listener) => listener());
};

const logText = () => decisions.log.map((line) => `${JSON.stringify(line)}\n`).join("");

/** Hands the log out as a file. */
const saveLog = () => {
  const address = URL.createObjectURL(new Blob([logText()], { type: "application/jsonl" }));
  const link = el("a", { href: address, download: "decisions.jsonl" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  decisions.saved = decisions.log.length;
};

/** The buttons that decide on two names, and what was decided. `merged` says what was done with them. */
const decisionButtons = (kind, left, right, merged) => {
  const holder = el("div", { class: "decide", role: "group", "aria-label": `Decide on ${spoken(cut(left))} and ${spoken(cut(right))}` });
  const draw = () => {
    const decided = decidedOf(kind, left, right);
    const refused = el("p", { class: "refused", role: "alert" });
    const button = (verdict, label) =>
      el("button", {
        type: "button",
        class: verdict,
        "data-verdict": verdict,
        "aria-pressed": decided === verdict,
        onclick: () => {
          const reason = decide(verdict, kind, left, right);
          if (reason) refused.textContent = reason;
          else holder.querySelector(`[data-verdict="${verdict}"]`)?.focus();
        },
      }, label);
    const state =
      decided === undefined
        ? null
        : el("span", { class: `decided ${decided}` }, decided === "same" ? "You decided: one entity" : "You decided: two entities");
    const undoing = el("button", {
      type: "button",
      class: "undo",
      disabled: decided === undefined,
      onclick: () => {
        undo(kind, left, right);
        holder.querySelector("button")?.focus();
      },
    }, "Undo");
    holder.replaceChildren(
      button("same", merged ? "Accept merge" : "Merge"),
      button("different", merged ? "Reject merge" : "Keep apart"),
      undoing,
      ...(state ? [state] : []),
      refused,
    );
  };
  draw();
  holder.redraw = draw;
  return holder;
};

/** Draws all buttons anew after a decision. */
const redrawDecisions = () => {
  for (const holder of document.querySelectorAll(".decide")) holder.redraw?.();
  element("decided").textContent = String(decisions.inForce.size);
};

/** The dialog with the log. */
const openDecisions = () => {
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "log-title" });
  const close = () => dialog.close();
  const many = decisions.log.length;
  const text = el("textarea", { readonly: true, rows: Math.min(10, many + 1), spellcheck: "false", "aria-label": "The log, a line a decision", dir: "ltr" });
  text.value = logText();
  dialog.append(
    el("h2", { id: "log-title" }, "Decisions"),
    el("p", {}, many === 0
      ? "Nothing is decided yet. Accept or reject merges in the review, in an entity’s panel or under “Why not?”."
      : `${count(decisions.inForce.size, "decision")} in force, ${count(many, "line")} in the log. Save it, and make the report again with`),
    many > 0 && el("pre", {}, "resolve --decisions decisions.jsonl --format html --out report.html PATH..."),
    many > 0 && el("p", { class: "muted" }, "If the report was made with a log already, append these lines to it."),
    many > 0 && text,
    el("div", { class: "buttons" },
      many > 0 && el("button", { type: "button", class: "primary", id: "save-log", autofocus: true, onclick: saveLog }, "Save decisions.jsonl"),
      many > 0 && el("button", { type: "button", onclick: () => { forgetAll(); close(); } }, "Forget all"),
      el("button", { type: "button", onclick: close }, "Close")),
  );
  showDialog(dialog);
};

/** Shows a dialog until it is closed; focus then returns to where it was. */
const showDialog = (dialog) => {
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
};
