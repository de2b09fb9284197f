#!/usr/bin/env python3
"""Peers of Python on the input that the bench beside this file writes.

    cargo run --release --manifest-path benches/peers/Cargo.toml -- dictionary lists --write FOLDER
    python3 -m venv VENV && VENV/bin/pip install -r benches/peers/requirements.txt
    VENV/bin/python benches/peers/peers.py FOLDER

It needs Python 3.9 or later and a system with fork. Each measurement is made in a process of its own: seconds of
the processor's time in it, on one core, and the largest memory beyond what it had before. The columns are those of the tables
of the bench. `splink` is set up as its documentation sets up the gathering of people's names without a truth: first and
last name by Jaro-Winkler, blocked by either, trained by estimation of u and two rounds of expectation maximisation.
"""

import argparse
import csv
import multiprocessing
import os
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path

# One core, whatever a library would take: this must stand before they are imported.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

WORD = re.compile(r"\w")
WANTED = 10
CUTOFF = 3


def memory(figure):
    """VmHWM or VmRSS of this process, in bytes; the largest so far where the system does not say."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(figure + ":"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def alone(work, *arguments):
    """What a work gives in a process of its own; nothing, with the reason printed, when it fails."""
    receiver, sender = multiprocessing.Pipe(False)

    def run():
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        try:
            sender.send(work(*arguments))
        except Exception as error:  # a peer that fails is a row, not the end
            sender.send(f"{type(error).__name__}: {error}")

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    sender.close()
    try:
        out = receiver.recv()
    except EOFError:
        out = "the process ended"
    process.join()
    if isinstance(out, str):
        print(f"{work.__name__}: {out}", file=sys.stderr)
        return None
    return out


def table(title, head, rows):
    print(f"\n{title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(field) for field in row) + " |")
    sys.stdout.flush()


def cuts_no_word(text, start, end):
    before = start == 0 or not WORD.match(text[start - 1]) or not WORD.match(text[start])
    after = end == len(text) or not WORD.match(text[end]) or not WORD.match(text[end - 1])
    return before and after


def with_pyahocorasick(names, text, length):
    import ahocorasick

    before, begun = memory("VmRSS"), time.process_time()
    automaton = ahocorasick.Automaton()
    for number, name in enumerate(names):
        automaton.add_word(name, (number, len(name)))
    automaton.make_automaton()
    built, peak = time.process_time() - begun, memory("VmHWM") - before
    begun, found = time.process_time(), 0
    for end, (_, size) in automaton.iter(text):
        found += cuts_no_word(text, end + 1 - size, end + 1)
    return found, length / 1e6 / (time.process_time() - begun), built, peak / 1e6


def with_flashtext(names, text, length):
    from flashtext import KeywordProcessor

    before, begun = memory("VmRSS"), time.process_time()
    processor = KeywordProcessor(case_sensitive=True)
    for name in names:
        processor.add_keyword(name)
    built, peak = time.process_time() - begun, memory("VmHWM") - before
    begun = time.process_time()
    found = len(processor.extract_keywords(text, span_info=True))
    return found, length / 1e6 / (time.process_time() - begun), built, peak / 1e6


def dictionaries(folder, megabytes, largest):
    for file in sorted(folder.glob("names-*.txt"), key=lambda file: file.stat().st_size):
        names = file.read_text(encoding="utf-8").splitlines()
        if len(names) > largest:
            continue
        text = folder / file.name.replace("names", "text")
        text = text.read_text(encoding="utf-8")[: megabytes * 1_000_000]
        length = len(text.encode())
        rows = []
        for title, work in [("pyahocorasick", with_pyahocorasick), ("flashtext (longest alone)", with_flashtext)]:
            taken = alone(work, names, text, length)
            if taken:
                found, speed, built, peak = taken
                rows.append((title, f"{found:,}", f"{speed:.2f}", f"{built:.2f}", f"{peak:.0f}"))
        title = f"Whole-word search for {len(names):,} names in {length / 1e6:.1f} MB of news"
        table(title, ["", "found", "MB/s", "build, s", "peak of the build, MB"], rows)


def rows_of(file):
    with open(file, encoding="utf-8", newline="") as lines:
        return [(row["name"], int(row["truth"])) for row in csv.DictReader(lines)]


def with_cdist(names):
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wanted = names[:: max(1, len(names) // WANTED)][:WANTED]
    before, begun = memory("VmRSS"), time.process_time()
    distances = process.cdist(wanted, names, scorer=OSA.distance, score_cutoff=CUTOFF, workers=1)
    spent, peak = time.process_time() - begun, memory("VmHWM") - before
    # Its own row is the one that is always there.
    like = int(((distances < CUTOFF).sum(axis=1) > 1).sum())
    return spent / len(wanted) * 1e3, len(wanted) * len(names) / spent / 1e6, like, peak / 1e6


def with_splink(rows):
    import logging

    import duckdb
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    before, begun = memory("VmRSS"), time.process_time()
    records = []
    for number, (name, _) in enumerate(rows):
        if "," in name:
            last, _, first = name.partition(", ")
        else:
            first, _, last = name.partition(" ")
        records.append({"unique_id": number, "first_name": first.lower(), "surname": last.lower()})
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("first_name", [0.92, 0.8]),
            comparisons.JaroWinklerAtThresholds("surname", [0.92, 0.8]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("surname"),
            block_on("first_name", "substr(surname, 1, 3)"),
            block_on("substr(first_name, 1, 1)", "substr(surname, 1, 4)"),
        ],
    )
    api = DuckDBAPI(connection=duckdb.connect(config={"threads": 1}))
    linker = Linker(api.register(records), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("first_name", "surname")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname"))
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.5).as_dict()
    spent, peak = time.process_time() - begun, memory("VmHWM") - before
    found = dict(zip(clusters["unique_id"], clusters["cluster_id"]))
    return spent, peak / 1e6, len(set(found.values())), score([found[i] for i in range(len(rows))], [t for _, t in rows])


def score(found, truth):
    def pairs(keys):
        return sum(count * (count - 1) // 2 for count in Counter(keys).values())

    right = pairs(zip(found, truth))
    precision, recall = right / max(1, pairs(found)), right / max(1, pairs(truth))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def note(figures, what, names, seconds, megabytes):
    """Adds a figure to the file of which the bench draws how time grows."""
    if figures is None:
        return
    begun = figures.exists() and figures.stat().st_size > 0
    with open(figures, "a", encoding="utf-8") as out:
        if not begun:
            out.write("what,names,seconds,megabytes\n")
        out.write(f"{what},{names},{seconds:.3f},{megabytes:.0f}\n")


def lists(folder, largest, figures):
    for file in sorted(folder.glob("list-*.csv"), key=lambda file: file.stat().st_size):
        rows = rows_of(file)
        if len(rows) > largest:
            continue
        taken = alone(with_cdist, [name.lower() for name, _ in rows])
        if taken:
            spent, speed, like, peak = taken
            row = ("rapidfuzz, cdist of OSA with a bound", f"{spent:.1f}", f"{speed:.2f}", like, f"{peak:.0f}")
            title = f"One name against {len(rows):,}, {WANTED} times"
            table(title, ["", "ms a name", "M pairs/s", "names that have a like one", "peak, MB"], [row])
        taken = alone(with_splink, rows)
        if taken:
            spent, peak, entities, scores = taken
            note(figures, "splink", len(rows), spent, peak)
            row = [f"{len(rows):,}", f"{spent:.1f}", f"{len(rows) / spent:,.0f}", f"{peak:.0f}", f"{entities:,}"]
            head = ["names", "s", "names/s", "peak, MB", "entities", "precision", "recall", "F1"]
            table("Lists of names gathered by splink, pairs of names", head, [row + [f"{s:.3f}" for s in scores]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where `--write FOLDER` wrote the input")
    parser.add_argument("--megabytes", type=int, default=2, help="how much of the text is searched (2)")
    parser.add_argument("--largest", type=int, default=100_000, help="no list of more names (100,000)")
    parser.add_argument("--figures", type=Path, help="adds what lists of each size took to this file, as the bench does")
    options = parser.parse_args()
    dictionaries(options.folder, options.megabytes, options.largest)
    lists(options.folder, options.largest, options.figures)


if __name__ == "__main__":
    main()
