// What the report holds: JSON in elements that no browser runs. Things are known by their places in these lists.

const element = (id) => document.getElementById(id);
const read = (id) => JSON.parse(element(`data-${id}`)?.textContent ?? "[]");

/** Reads a list when it is first asked for. */
const lazily = (make) => {
  let value;
  return () => (value ??= make());
};

const words = read("words");
const KINDS = words.kinds;
const KIND_NAMES = { person: "People", place: "Places", organization: "Organizations" };

const entities = read("entities").map(([kind, name, id, table, aliases, scripts], index) => ({
  index,
  kind: KINDS[kind],
  name,
  id,
  table,
  aliases: aliases.map(([text, count, folded]) => ({ text, count, folded: folded ?? text })),
  scripts: scripts.map((script) => words.scripts[script]),
  // Filled in below: the places of its mentions as [document, mention], in the order of the documents.
  mentions: [],
  documents: [],
}));

const documents = read("documents").map(([id, numbers], index) => {
  const mentions = [];
  for (let i = 0; i < numbers.length; i += 5) {
    const [start, end, entity, alias, confidence] = numbers.slice(i, i + 5);
    const text = entity < 0 ? words.strays[alias] : entities[entity].aliases[alias].text;
    mentions.push({ start, end, entity, text, confidence });
  }
  return { index, id, mentions };
});

for (const { index, mentions } of documents) {
  mentions.forEach(({ entity }, mention) => {
    if (entity < 0) return;
    const own = entities[entity];
    own.mentions.push([index, mention]);
    if (own.documents.at(-1) !== index) own.documents.push(index);
  });
}

/** The text of a document; empty when the report was made without it. */
const textOf = (document) => {
  const holder = element(`data-t${document}`);
  return holder ? JSON.parse(holder.textContent) : "";
};

const pieces = (evidence) =>
  evidence.map(([feature, left, right, weight]) => ({ feature: words.features[feature], left, right, weight }));

/** The links of each entity, the weightiest first. */
const links = lazily(() => {
  const of = entities.map(() => []);
  for (const [entity, left, right, rule, weight, evidence, sentence] of read("links")) {
    of[entity]?.push({ left, right, rule: words.rules[rule], weight, evidence: pieces(evidence), sentence });
  }
  return of;
});

/** The pairs of entities that were compared, by both. */
const near = lazily(() => {
  const of = entities.map(() => new Map());
  for (const [left, right, leftName, rightName, weight, evidence, queued] of read("near")) {
    const pair = { left, right, leftName, rightName, weight, evidence: pieces(evidence), queued: queued === 1 };
    of[left].set(right, pair);
    of[right].set(left, pair);
  }
  return of;
});

const pairKey = (a, b) => `${Math.min(a, b)} ${Math.max(a, b)}`;

/** What holds pairs of entities apart, in words. */
const apart = lazily(() => new Map(read("apart").map(([a, b, why]) => [pairKey(a, b), words.rules[why]])));

/** The keys under which the full names of each entity are brought together with others. */
const keys = lazily(() =>
  read("keys").map(([foreign, full, fine, coarse]) => ({ foreign: foreign === 1, full: full === 1, fine, coarse })),
);
const cappedKeys = lazily(() => new Set(read("capped")));

/** The most open decisions. */
const review = lazily(() => {
  const side = ([name, entity, places]) => ({ name, entity, places });
  return read("review").map(([outcome, kind, left, right, weight, evidence], index) => ({
    index,
    outcome,
    kind: KINDS[kind],
    left: side(left),
    right: side(right),
    weight,
    evidence: pieces(evidence),
  }));
});

/** Letters as they are searched: small, without marks. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** What is searched of each entity. */
const haystacks = lazily(() =>
  entities.map((e) => plain([e.name, e.id, ...e.aliases.flatMap((a) => [a.text, a.folded])].join("\n"))),
);

/** The folded form by which decisions know a name. */
const foldedForms = lazily(
  () => new Map(entities.flatMap((e) => e.aliases.map((alias) => [alias.text, alias.folded]))),
);
const fold = (name) =>
  foldedForms().get(name) ??
  plain(name)
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .replace(/[\s-]+/g, " ")
    .trim();

/** Which entities a number of documents name together with one, and in how many: the most first. */
const companions = (entity) => {
  const counts = new Map();
  for (const document of entity.documents) {
    const others = new Set(documents[document].mentions.map((m) => m.entity));
    for (const other of others) {
      if (other >= 0 && other !== entity.index) counts.set(other, (counts.get(other) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
};
