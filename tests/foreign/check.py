"""Reads exports with parsers that others wrote, and sees that each says the same.

    python3 tests/foreign/check.py FOLDER TEXTS

FOLDER holds exports under the names of tests/golden/export; TEXTS is the folder that the documents' ids are files of. A format
whose parser is not installed is skipped, and that is said. The status is 1 when a parser complains or reads something else.
"""

import csv
import html.parser
import importlib.metadata
import io
import itertools
import json
import pathlib
import re
import sys
import warnings


def text_of(path):
    """The text as it stands: line breaks are not translated."""
    return path.read_bytes().decode("utf-8")


class Exports:
    """The exports of a folder; the JSON is what the others are held against."""

    def __init__(self, folder, texts):
        self.folder = pathlib.Path(folder)
        self.json = json.loads(text_of(self.folder / "resolution.json"))
        self.texts = {d["id"]: text_of(pathlib.Path(texts) / d["id"]) for d in self.json["documents"]}
        self.mentions = [(d["id"], m) for d in self.json["documents"] for m in d["mentions"]]
        self.entities = {e["id"]: e for e in self.json["entities"]}

    def read(self, name):
        return text_of(self.folder / name)

    def places(self, document):
        """The mentions of a document: start, end (characters) and entity."""
        return [(m["char_start"], m["char_end"], m["entity"]) for d, m in self.mentions if d == document]

    def labels(self, entity):
        return {entity["name"]} | {alias["text"] for alias in entity["aliases"]}


def check_json(exports):
    import jsonschema

    root = pathlib.Path(__file__).parent.parent.parent
    schema = json.loads(text_of(root / "src/export/json.schema.json"))
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    validator(schema).validate(exports.json)
    line_of = validator({"$ref": "#/$defs/line", "$defs": schema["$defs"]})
    lines = [json.loads(line) for line in exports.read("resolution.jsonl").split("\n")[:-1]]
    for line in lines:
        line_of.validate(line)
    records = ["documents", "entities", "links"]
    assert len(lines) == 1 + sum(len(exports.json[record]) for record in records)
    for document, m in exports.mentions:
        text = exports.texts[document]
        assert text[m["char_start"] : m["char_end"]] == m["text"], m
        assert text.encode()[m["start"] : m["end"]].decode() == m["text"], m
    return f"{len(lines)} lines, {len(exports.mentions)} mentions"


FORMULA = re.compile(r"'*[\t\r\n]|['\ufeff\s\x00-\x1f\x7f-\x9f]*[-=+@＝＋－＠].", re.S)


def unguarded(cell):
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def check_csv(exports):
    names = []
    for e in exports.json["entities"]:
        counts = [str(sum(m["entity"] == e["id"] for _, m in exports.mentions)), str(e["documents"])]
        head = [e["id"], e["kind"], e["name"], e["table_id"] or "", *counts]
        names += [[*head, alias["text"], str(alias["count"])] for alias in e["aliases"]]
    mentions = []
    for document, m in exports.mentions:
        e = exports.entities.get(m["entity"], {})
        places = [str(m[at]) for at in ("start", "end", "char_start", "char_end")]
        row = [document, *places, m["text"], m["kind"], m["confidence"], e.get("id", ""), e.get("name", "")]
        mentions.append([*row, e.get("table_id") or ""])
    for stem, wanted in (("mentions", mentions), ("names", names)):
        for suffix, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
            file = io.StringIO(exports.read(f"{stem}.{suffix}"), newline="")
            header, *rows = csv.reader(file, dialect, strict=True)
            for row in rows:
                assert len(row) == len(header), row
                assert not any(cell.startswith(tuple("=+@\t\r\n")) for cell in row), row
            rows = [[unguarded(cell) for cell in row] for row in rows]
            for row in rows if stem == "mentions" else []:
                row[7] = float(row[7])
            assert rows == wanted, f"{stem}.{suffix}: {[pair for pair in zip(rows, wanted) if pair[0] != pair[1]][:1]}"
    return f"{len(mentions)} mentions, {len(names)} names"


def check_skos(exports):
    import rdflib
    import rdflib.compare
    from rdflib import OWL, RDF, SKOS

    graph = rdflib.Graph().parse(data=exports.read("skos.nt"), format="nt")
    other = rdflib.Graph().parse(data=exports.read("skos.jsonld"), format="json-ld")
    assert rdflib.compare.isomorphic(graph, other), "N-Triples and JSON-LD differ"
    # All that was written came in.
    assert len(graph) == exports.read("skos.nt").count("\n")
    found = []
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        preferred, others = list(graph.objects(concept, SKOS.prefLabel)), list(graph.objects(concept, SKOS.altLabel))
        assert len(preferred) == 1 and preferred[0] not in others, concept
        found.append((str(preferred[0]), sorted(map(str, [*preferred, *others]))))
        for same in graph.objects(concept, OWL.sameAs):
            assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q\d+", same), same
    wanted = [(e["name"], sorted(exports.labels(e))) for e in exports.json["entities"]]
    assert sorted(found) == sorted(wanted)
    languages = {label.language for label in graph.objects() if isinstance(label, rdflib.Literal)}
    return f"{len(graph)} triples, languages {', '.join(sorted(filter(None, languages)))}"


def check_ftm(exports):
    from followthemoney import model
    from followthemoney.types import registry

    entities, counts = {}, {}
    for line in exports.read("entities.ftm.json").split("\n")[:-1]:
        data = json.loads(line)
        proxy = model.get_proxy(data, cleaned=False)
        assert registry.entity.validate(proxy.id), proxy.id
        proxy.schema.validate(data)
        for prop in proxy.schema.required:
            assert proxy.get(prop), f"{proxy.schema.name} without {prop}: {line}"
        for prop, values in data["properties"].items():
            assert prop in proxy.schema.properties, f"{proxy.schema.name} has no {prop}"
            assert len(proxy.get(prop)) == len(values), f"lost: {prop} of {line}"
        assert proxy.id not in entities, f"twice: {proxy.id}"
        entities[proxy.id] = proxy
        counts[proxy.schema.name] = counts.get(proxy.schema.name, 0) + 1
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type == registry.entity:
                assert entities[value].schema.is_a(prop.range), f"{proxy.schema.name}.{prop.name} is {entities[value].schema}"
    for m in (proxy for proxy in entities.values() if proxy.schema.name == "Mention"):
        if m.get("resolved"):
            assert m.first("name") in entities[m.first("resolved")].names, m
        else:
            assert m.first("detectedSchema") == "Address", m
    assert counts["Document"] == len(exports.texts)
    assert counts["Mention"] == len({(d, m["entity"], " ".join(m["text"].split())) for d, m in exports.mentions})
    return ", ".join(f"{count} {schema}" for schema, count in sorted(counts.items()))


def check_conll(exports):
    import conllu

    # A mention that overlaps one before it is not shown.
    document, found, tokens = None, {id: [] for id in exports.texts}, 0
    for sentence in conllu.parse(exports.read("mentions.conllup")):
        document = sentence.metadata.get("newdoc id", document)
        before = "O"
        for token in sentence:
            tokens += 1
            start, end = int(token["allonym:start"]), int(token["allonym:end"])
            tag, entity = token["allonym:ner"], token["allonym:entity"]
            assert exports.texts[document][start:end] == token["form"], token
            if tag.startswith("B-"):
                found[document].append([start, end, entity])
            elif tag.startswith("I-"):
                assert before[2:] == tag[2:] and found[document][-1][2] == entity, token
                found[document][-1][1] = end
            else:
                assert tag == "O", token
            before = tag
    for document, mentions in found.items():
        assert list(map(tuple, mentions)) == exports.places(document), document
    return f"{tokens} tokens"


def check_brat(exports):
    from bioc import brat

    files = sorted((exports.folder / "brat").glob("*.ann"))
    # What the folder has is by number, what the golden files have by name.
    texts = {}
    for document, text in exports.texts.items():
        texts.setdefault(text, []).append(document)
    seen = []
    for file in files:
        text, ann = text_of(file.with_suffix(".txt")), text_of(file)
        read = brat.loads(text, ann)
        places = []
        for entity in read.entities:
            fragments = [text[span.begin : span.end] for span in sorted(entity.locations)]
            assert " ".join(fragments) == entity.text, entity
            assert not any("\n" in fragment or "\r" in fragment for fragment in fragments), entity
            places.append(entity.total_span)
        documents = texts[text]
        seen += documents
        for document in documents:
            assert sorted(places) == sorted(place[:2] for place in exports.places(document)), file
        ids = {entity.id for entity in read.entities}
        normalized = re.findall(r"^N\d+\tReference (T\d+) [^\s:]+:\S+\t[^\t]+$", ann, re.M)
        assert set(normalized) == ids and len(normalized) == len(ids), file
        assert all(len(same.argids) > 1 and same.argids <= ids for same in read.equiv_relations), file
        assert len(read.equiv_relations) == ann.count("\n*\t"), file
    assert set(seen) == set(exports.texts), "a document is missing"
    return f"{len(files)} documents"


class Marks(html.parser.HTMLParser):
    """The texts that displaCy marks, without their labels."""

    def __init__(self):
        super().__init__()
        self.marks, self.within, self.label = [], False, False

    def handle_starttag(self, tag, attributes):
        if tag == "mark":
            self.marks.append("")
            self.within = True
        self.label = self.label or (self.within and tag == "span")

    def handle_endtag(self, tag):
        if tag == "mark":
            self.within = self.label = False

    def handle_data(self, data):
        if self.within and not self.label:
            self.marks[-1] += data


def check_displacy(exports):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from spacy import displacy

    documents = json.loads(exports.read("displacy.json"))
    surfaces = []
    for document in documents:
        text = exports.texts[document["title"]]
        assert document["text"] == text
        places = [(ent["start"], ent["end"], ent["kb_id"]) for ent in document["ents"]]
        assert places == exports.places(document["title"]), document["title"]
        surfaces += [text[start:end].strip() for start, end, _ in places]
    drawn = Marks()
    drawn.feed(displacy.render(documents, style="ent", manual=True, page=True))
    assert [mark.strip() for mark in drawn.marks] == surfaces
    file = exports.folder / "displacy.utf16.json"
    for document in json.loads(text_of(file)) if file.exists() else []:
        units = document["text"].encode("utf-16-le")
        slices = [units[2 * ent["start"] : 2 * ent["end"]].decode("utf-16-le") for ent in document["ents"]]
        assert slices == [m["text"] for d, m in exports.mentions if d == document["title"]]
    return f"{len(surfaces)} marks"


CHECKS = [
    ("JSON, JSON Lines", "jsonschema", check_json),
    ("CSV, TSV", None, check_csv),
    ("SKOS as N-Triples, JSON-LD", "rdflib", check_skos),
    ("FollowTheMoney", "followthemoney", check_ftm),
    ("CoNLL-U Plus", "conllu", check_conll),
    ("BRAT", "bioc", check_brat),
    ("displaCy", "spacy", check_displacy),
]


def main(folder, texts):
    exports, failed = Exports(folder, texts), False
    for what, package, check in CHECKS:
        if package is None:
            reader = "Python's csv"
        else:
            try:
                reader = f"{package} {importlib.metadata.version(package)}"
            except importlib.metadata.PackageNotFoundError:
                print(f"skipped: {what}: {package} is not installed")
                continue
        try:
            print(f"{what}: {reader} read {check(exports)}")
        except ImportError as fault:
            print(f"skipped: {what}: {reader} cannot be imported: {fault}")
        except Exception as fault:
            failed = True
            said = list(itertools.islice(str(fault).splitlines(), 20)) or [repr(fault)]
            print(f"{what}: {reader} FAILED: {type(fault).__name__}: " + "\n  ".join(said))
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
