// Documents of given mentions, a line each, for `resolve --mentions`.

/** Names that would do something where they are taken for something else than text. */
export const HOSTILE = {
  markup: "<script>window.ran = 1</script>",
  end: "</script><script>window.ran = 2</script>",
  image: "\"><img src=x onerror=\"window.ran = 3\">",
  quotes: "O'Neil \"The 'Rat'\" `${window.ran = 4}`",
  cdata: "Ray ]]> <![CDATA[ Charles",
  comment: "Anna <!--<script> Berg",
  entity: "Tom &lt;b&gt; &amp; Jerry &#x3c;",
  override: "Rami \u202egpj.exe\u202c Haddad txt",
  isolates: "\u2067Nora\u2069 \u2066Klein\u2069 txt",
  separators: "Line\u2028Break Para\u2029Graph",
  controls: "Nul\u0000 Bell\u0007 Escape\u001b[31m",
  prototype: "__proto__ constructor",
  template: "{{data}} {{script}}",
  long: `Max ${"Mustermann-".repeat(909)}X`,
  unbroken: "W".repeat(10_000),
};

const document = (id, pieces) => {
  let text = "";
  const mentions = [];
  const length = () => [...text].length;
  for (const piece of pieces) {
    if (typeof piece === "string") {
      text += piece;
    } else {
      const start = length();
      text += piece[0];
      mentions.push({ text: piece[0], type: piece[1], start, end: length() });
    }
  }
  return `${JSON.stringify({ id, text, mentions })}\n`;
};

export const hostileDocuments = () => {
  const pieces = Object.values(HOSTILE).flatMap((name) => ["Police spoke of ", [name, "PER"], ", who left.\n\n"]);
  return (
    document("<b>first</b> \"a'.txt", pieces) +
    document("\u202etxt.second", pieces) +
    document(`third ${"x".repeat(3_000)}`, [...pieces, ["Rami \u202egpj.exe\u202c Hadad txt", "PER"]]) +
    `${JSON.stringify({ id: "no text", mentions: [{ text: HOSTILE.markup, type: "ORG" }, { text: HOSTILE.long, type: "LOC" }] })}\n`
  );
};

export const rightToLeftDocuments = () =>
  document("تقرير-1.txt", [
    "التقى ", ["أحمد الشرع", "PER"], " وفدا من ", ["باريس", "LOC"], " في ", ["دمشق", "LOC"], " يوم الاثنين، وقال إن مدينة ", ["حارم", "LOC"],
    " آمنة. ورافق ", ["الشرع", "PER"], " وزير الخارجية.\n\nThe office of ", ["Ahmed al-Sharaa", "PER"], " in ", ["Damascus", "LOC"], " confirmed the visit.\n\nقال ",
    ["المرصد السوري لحقوق الإنسان", "ORG"], " (", ["SOHR", "ORG"], ") إن الطريق إلى ", ["إدلب", "LOC"], " مفتوح.\n",
  ]) +
  document("דוח-2.txt", ["הנשיא ", ["אחמד א-שרע", "PER"], " ביקר ב", ["דמשק", "LOC"], " ופגש את ", ["עומאר אומסן", "PER"], ".\n"]) +
  document("report-3.txt", ["Officials of ", ["أحمد الشرع", "PER"], " spoke in ", ["Paris", "LOC"], " with ", ["Ahmed al-Sharaa", "PER"], ".\n"]);
