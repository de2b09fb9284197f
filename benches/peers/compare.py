#!/usr/bin/env python3
"""How right peers of Python are, on the sets that `evaluate` measures the crate on. No time is taken.

    python3 -m venv VENV && VENV/bin/pip install -r benches/peers/requirements-compare.txt
    VENV/bin/python benches/peers/compare.py pairs ../shared/names/dev/*.csv
    VENV/bin/python benches/peers/compare.py spans ../shared/corpora/dev/*.jsonl

`pairs` reads the columns type,name1,name2,is_match and prints for each set and peer the best F1 at any threshold and the recall
at precision .95, as `evaluate --pairs` does. rapidfuzz compares names in small letters, other scripts romanized by ICU (normality);
nomenklatura gets entities of FollowTheMoney with one name each: Person, Organization, and LegalEntity for places, for which it
has no names.

`spans` gives the names of the crate's tables (the folder `data`) to spaCy's EntityRuler, which finds them by exact letters, and
prints precision, recall and F1 of exact spans and kinds, as `evaluate --spans` does: with all names, and without those that the
tables mark as ambiguous or weak.
"""

import argparse
import csv
import itertools
import json
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}


def curve(scored):
    """Best F1, and the largest recall at a precision of .95 or more, of (score, is a match); equal scores stand together."""
    positives = sum(match for _, match in scored)
    scored = sorted(scored, key=lambda pair: -pair[0])
    right = seen = 0
    best, recall = 0.0, 0.0
    for i, (score, match) in enumerate(scored):
        right, seen = right + match, seen + 1
        if i + 1 < len(scored) and scored[i + 1][0] == score:
            continue
        best = max(best, 2 * right / (seen + positives))
        if right / seen >= 0.95:
            recall = max(recall, right / positives)
    return best, recall


def plain(name):
    from normality import ascii_text

    return " ".join((ascii_text(name) or name).casefold().replace("-", " ").split())


def fuzzy():
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler

    def of(scorer):
        return lambda a, b, kind: scorer(plain(a), plain(b))

    yield "rapidfuzz ratio", of(fuzz.ratio)
    yield "rapidfuzz token_set_ratio", of(fuzz.token_set_ratio)
    yield "rapidfuzz JaroWinkler", of(JaroWinkler.similarity)


def schematic():
    from followthemoney import ValueEntity
    from nomenklatura.matching import get_algorithm
    from nomenklatura.matching.types import ScoringConfig

    schemata = {"PER": "Person", "ORG": "Organization", "LOC": "LegalEntity"}

    # What it makes of an entity's names it keeps by the entity's id, so no two may share one.
    ids = itertools.count()

    def entity(name, kind):
        data = {"id": str(next(ids)), "schema": schemata[kind], "properties": {"name": [name]}}
        return ValueEntity.from_dict(data)

    for name in ("name-based", "logic-v2"):
        algorithm = get_algorithm(name)
        config = ScoringConfig.defaults()

        def score(a, b, kind, algorithm=algorithm, config=config):
            return algorithm.compare(entity(a, kind), entity(b, kind), config).score

        yield f"nomenklatura {name}", score


def pairs(files):
    peers = [*fuzzy(), *schematic()]
    print("| set | " + " | ".join(name for name, _ in peers) + " |")
    print("|---|" + "---|" * len(peers))
    for file in files:
        with open(file, encoding="utf-8", newline="") as lines:
            rows = [(r["name1"], r["name2"], r["type"], int(r["is_match"])) for r in csv.DictReader(lines)]
        cells = []
        for _, score in peers:
            best, recall = curve([(score(a, b, kind), match) for a, b, kind, match in rows])
            cells.append(f"{best:.3f} / {recall:.3f}")
        print(f"| {Path(file).stem} | " + " | ".join(cells) + " |", flush=True)


def patterns(with_marked):
    seen = set()
    for file in sorted(DATA.glob("*.tsv")):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        if not lines or not lines[0].startswith("id\tkind"):
            continue
        columns = lines[0].split("\t")
        for line in lines[1:]:
            row = dict(zip(columns, line.split("\t")))
            if row.get("marks") and not with_marked:
                continue
            pattern = (row["name"], KINDS[row["kind"]])
            if pattern not in seen:
                seen.add(pattern)
                yield {"label": pattern[1], "pattern": pattern[0]}


def spans(files):
    import spacy

    print("| corpus | names | P | R | F1 |")
    print("|---|---|---|---|---|")
    for with_marked in (True, False):
        nlp = spacy.blank("en")
        nlp.max_length = 1 << 30
        nlp.add_pipe("entity_ruler").add_patterns(list(patterns(with_marked)))
        for file in files:
            right = found = wanted = 0
            for line in Path(file).read_text(encoding="utf-8").splitlines():
                document = json.loads(line)
                gold = {tuple(span) for span in document["spans"]}
                own = {(e.start_char, e.end_char, e.label_) for e in nlp(document["text"]).ents}
                right, found, wanted = right + len(gold & own), found + len(own), wanted + len(gold)
            precision, recall = right / max(1, found), right / max(1, wanted)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            names = "all" if with_marked else "unmarked"
            print(f"| {Path(file).stem} | {names} | {precision:.3f} | {recall:.3f} | {f1:.3f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pairs", "spans"])
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    {"pairs": pairs, "spans": spans}[options.what](options.files)


if __name__ == "__main__":
    main()
