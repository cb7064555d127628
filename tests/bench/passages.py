"""How many of the passages that bear on a claim stand among the first five and ten offered.

    PYTHONPATH=. python -m tests.bench.passages [--tuning] [NAME...]

Real claims whose evidence people have named (`../shared/data`), each set as a case file; the
suggestions come through the same code as those of `p` and `reviewer suggest`. Beside them, in the
same run over the same passages, plain BM25: `BM25Okapi` of `rank-bm25` as it comes, over words in
small letters. Recall is the mean over the questions. The parameters were chosen on one half of
the questions (`--tuning` prints that half); which half a question is in, its hash says.
"""

import argparse
import csv
import hashlib
import json
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rank_bm25 import BM25Okapi

from reviewer.casefile import batch, likely
from reviewer.casefile.case import CaseFile
from reviewer.casefile.likely_reading import WHOLE, pieces
from reviewer.model.records import ClaimRecord, RecordingRecord, SourceRecord, StatementRecord
from reviewer.service.searching import Indexing
from reviewer.service.session import Session
from tests.data import SHARED

Unit = tuple[str, int, int]
"""A passage: the text it stands in, the segment or -1, where it begins."""
DEBATE = "20160926_1pres"


@dataclass
class Set:
    """Texts and questions. `talk` is one recording, a segment a text."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    questions: dict[str, set[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    talk: bool = False
    claims: bool = False


def averitec() -> Set:
    """AVeriTeC (development set): the sentences of the answers to a claim's questions."""
    found = Set("AVeriTeC, answers")
    read = json.loads((SHARED / "claims/averitec/dev.json").read_text(encoding="utf-8"))
    for n, claim in enumerate(read):
        for q, question in enumerate(claim["questions"]):
            for a, answer in enumerate(question["answers"]):
                text = answer["answer"] or ""
                if answer["answer_type"] == "Boolean":
                    text = answer.get("boolean_explanation") or ""
                nothing = text.casefold().startswith("no answer could be found")
                if answer["answer_type"] == "Unanswerable" or nothing:
                    continue
                if re.search(r"\w{3}", text):
                    found.texts[f"{n}.{q}.{a}"] = text
                    found.questions.setdefault(claim["claim"], set()).add(f"{n}.{q}.{a}")
    return found


def fever() -> Set:
    """FEVER: the titles of the pages that hold the evidence; their sentences are not held."""
    found = Set("FEVER, page titles")
    file = SHARED / "claims/fever/fever_labelled_dev_3000.json"
    for claim in json.loads(file.read_text(encoding="utf-8")):
        for page in claim["evidence_pages"]:
            title = page.replace("-LRB-", "(").replace("-RRB-", ")").replace("-COLON-", ":")
            found.texts[page] = title.replace("_", " ")
            found.questions.setdefault(claim["claim"], set()).add(page)
    return found


def known_lie() -> Set:
    """That is a Known Lie: the lines of a debate that a published fact-check is about."""
    found = Set("Known Lie, debate lines", talk=True)
    folder = SHARED / "claims/known-lie"
    lines = (folder / f"transcript-{DEBATE}.tsv").read_text(encoding="utf-8").splitlines()
    found.texts = {line.split("\t")[0]: line.split("\t")[2] for line in lines}
    with (folder / f"factchecks-{DEBATE}.csv").open(encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            found.questions.setdefault(row["verified_claim"], set()).add(row["line_number"])
    return found


def check_that(language: str) -> Set:
    """CheckThat! 2018: the lines of a debate in which a claim is made."""
    found = Set(f"CheckThat! 2018, {language}", talk=True)
    file = SHARED / f"claims/checkthat2018/Task2-{language}-1st-Presidential.txt"
    lines_of: dict[str, set[str]] = defaultdict(set)
    claims: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        n, _, text, number, claim = line.split("\t")[:5]
        found.texts[n] = text
        if number != "N/A":
            lines_of[number].add(n)
            claims[claim] = number
    found.questions = {claim: lines_of[number] for claim, number in claims.items()}
    return found


def voxcheck(language: str) -> Set:
    """VoxCheck: what was said in media that spreads a fake."""
    file, key = {
        "Ukrainian": ("dataUkr.json", "Disinfo_cases _ua"),
        "English": ("dataEng.json", "Disinfo_cases_en"),
    }[language]
    found = Set(f"VoxCheck, {language}")
    read = json.loads((SHARED / "claims/voxcheck-narratives" / file).read_text(encoding="utf-8"))
    for n, row in enumerate(read):
        said, fake = (row.get(key) or "").strip(), (row.get("Fakes") or "").strip()
        if said and fake:
            found.texts[str(n)] = said
            found.questions.setdefault(fake, set()).add(str(n))
    return found


def officials() -> Set:
    """Statements of officials: the Ukrainian headline of an English one."""
    found = Set("Officials, English to Ukrainian")
    folder = SHARED / "conflict/ukrainian-officials-statements"
    english, ours = (
        json.loads((folder / name).read_text(encoding="utf-8"))
        for name in ("messages-2-en.json", "messages-2.json")
    )
    for n, (one, other) in enumerate(zip(english, ours, strict=True)):
        found.texts[str(n)] = other["name"]
        found.questions.setdefault(one["name"], set()).add(str(n))
    return found


def snopes() -> Set:
    """Snopes: the claim that an article's title is about."""
    found = Set("Snopes, title to claim", claims=True)
    file = SHARED / "claims/known-lie/snopes-verified-claims.tsv"
    with file.open(encoding="utf-8", newline="") as opened:
        for n, row in enumerate(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if row["fact"]:
                found.texts[str(n)] = row["fact"]
                found.questions.setdefault(row["title"], set()).add(str(n))
    return found


def verified() -> Set:
    """CheckThat! 2022: the verified claim that an article's title is about."""
    found = Set("CheckThat! 2022, title to claim", claims=True)
    for file in sorted((SHARED / "claims/checkthat2022-vclaims/vclaims").glob("*.json")):
        read = json.loads(file.read_text(encoding="utf-8"))
        found.texts[file.stem] = read["vclaim"]
        found.questions.setdefault(read["title"], set()).add(file.stem)
    return found


def same_fake(language: str) -> Set:
    """VoxCheck: other statements that spread the same fake as one."""
    base = voxcheck(language)
    found = Set(f"VoxCheck, same fake, {language}", texts=base.texts, claims=True)
    for together in base.questions.values():
        for one in together:
            others = together - {one}
            if others and base.texts[one] not in found.questions:
                found.questions[base.texts[one]] = others
                found.own[base.texts[one]] = one
    return found


SETS: dict[str, Callable[[], Set]] = {
    "averitec": averitec,
    "fever": fever,
    "known-lie": known_lie,
    "checkthat-en": lambda: check_that("English"),
    "checkthat-ar": lambda: check_that("Arabic"),
    "voxcheck-uk": lambda: voxcheck("Ukrainian"),
    "voxcheck-en": lambda: voxcheck("English"),
    "officials": officials,
    "snopes": snopes,
    "vclaims": verified,
    "same-uk": lambda: same_fake("Ukrainian"),
    "same-en": lambda: same_fake("English"),
}


def units(of: Set) -> dict[Unit, str]:
    """Every passage that there is to offer, cut as the product cuts it."""
    found = {}
    for n, (id_, text) in enumerate(of.texts.items()):
        if of.claims:
            found[id_, -1, 0] = text
            continue
        whole = of.talk and len(text) <= WHOLE
        for start, end in [(0, len(text))] if whole else pieces(text):
            found[id_, n if of.talk else -1, start] = text[start:end]
    return found


def case_of(of: Set, asked: list[str], path: Path) -> None:
    """A case that holds the texts, and the questions as claims."""
    CaseFile.create(path, title=of.name).close()
    records: list[object] = [SourceRecord(id="s", name="S")]
    if of.talk:
        segments = [{"text": text} for text in of.texts.values()]
        given = {"id": "talk", "source": "s", "language": "und", "held": "verbatim"}
        records.append(RecordingRecord.model_validate({**given, "segments": segments}))
    elif of.claims:
        records += [ClaimRecord(id=f"t-{id_}", text=text) for id_, text in of.texts.items()]
    else:
        records += [
            StatementRecord.model_validate(
                {
                    "id": f"t-{id_}",
                    "source": "s",
                    "language": "und",
                    "held": "verbatim",
                    "text": text,
                }
            )
            for id_, text in of.texts.items()
        ]
    records += [ClaimRecord(id=f"q-{n}", text=text) for n, text in enumerate(asked)]
    with CaseFile.open(path) as case:
        batch.take_in(case, records)


def offered(session: Session, of: Set, n: int, held: likely.Sample) -> Iterator[Unit]:
    """What is offered for a question, best first."""
    claim = session.view(f"q-{n}").claim
    with session.case.read() as con:
        if of.claims:
            for id_ in likely.claims(con, claim, held):
                if id_.startswith("t-"):
                    yield id_[2:], -1, 0
            return
        names = list(of.texts)
        for one in likely.texts(con, claim, held):
            if one.segment is None:
                yield one.id[2:], -1, one.start
            else:
                yield names[one.segment], one.segment, one.start


def plain_words(text: str) -> list[str]:
    """Words in small letters."""
    return re.findall(r"\w+", text.lower())


@dataclass
class Told:
    """The figures of one way, question by question."""

    at_5: list[float] = field(default_factory=list)
    at_10: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def add(self, best: list[Unit], right: set[Unit], took: float) -> None:
        """Count what of the right ones is among the first."""
        self.at_5.append(len(right & set(best[:5])) / len(right))
        self.at_10.append(len(right & set(best[:10])) / len(right))
        self.took.append(took * 1000)


def measure(of: Set, *, tuning: bool) -> tuple[Told, Told]:
    """The figures of ours and of plain BM25."""
    asked = [q for q in of.questions if bool(hashlib.sha256(q.encode()).digest()[0] & 1) != tuning]
    given = units(of)
    listed = list(given)
    plain = BM25Okapi([plain_words(text) for text in given.values()])
    ours, theirs = Told(), Told()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.case"
        case_of(of, asked, path)
        with Session.open(path, "bench") as session:
            indexing = Indexing(session)
            while indexing.go_on(1.0):
                pass
            with session.case.read() as con:
                held = likely.sample(con, ("claim",) if of.claims else likely.TEXTS)
            for n, question in enumerate(asked):
                right = {unit for unit in listed if unit[0] in of.questions[question]}
                own = of.own.get(question)
                began = time.process_time()
                best = list(offered(session, of, n, held))
                ours.add([u for u in best if u[0] != own], right, time.process_time() - began)
                began = time.process_time()
                points = plain.get_scores(plain_words(question))
                order = sorted(range(len(listed)), key=lambda k: (-points[k], k))
                took = time.process_time() - began
                theirs.add([listed[k] for k in order[:30] if listed[k][0] != own], right, took)
    return ours, theirs


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[[], *SETS])
    parser.add_argument("--tuning", action="store_true", help="the half it was tuned on")
    given = parser.parse_args()
    print(f"{'':34}{'':>10}{'':>10}  recall at 5    recall at 10    CPU ms each")
    print(f"{'set':34}{'passages':>10}{'questions':>10}" + "   ours  plain" * 3)
    means: list[list[float]] = []
    for name in given.names or SETS:
        of = SETS[name]()
        ours, theirs = measure(of, tuning=given.tuning)
        recall = [
            statistics.mean(figures)
            for figures in (ours.at_5, theirs.at_5, ours.at_10, theirs.at_10)
        ]
        took = [statistics.median(ours.took), statistics.median(theirs.took)]
        means.append(recall)
        row = "".join(f"{figure:7.3f}" for figure in recall) + "".join(f"{t:7.1f}" for t in took)
        print(f"{of.name:34}{len(units(of)):10,}{len(ours.at_5):10,}{row}", flush=True)
    row = "".join(f"{statistics.mean(column):7.3f}" for column in zip(*means, strict=True))
    print(f"{'mean of the sets':54}{row}")


if __name__ == "__main__":
    main()
