"""Files made to harm whoever opens them, given to the program as it is installed.

Each time: a sentence that names the file, the place where there is one, and what to do;
bounded memory; bounded time; and a case that is as whole as before. Many are given to one
import, since the worst of them bounds them all.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import resource
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.casefile.making import new_case
from tests.safety.whole import whole

ROOT = Path(__file__).resolve().parents[2]
ADDRESS_SPACE = 1_200_000_000
MOST_MB = 500
MB = 1 << 20


@dataclass(frozen=True)
class Ended:
    """How an import ended."""

    code: int
    out: str
    err: str
    peak_mb: int

    @property
    def report(self) -> Any:
        return json.loads(self.out)

    def reason(self, name: str) -> str:
        """Why the file, or the first refused row of it, was refused."""
        if self.err:
            assert f"{name}: " in self.err
            return self.err.partition(f"{name}: ")[2].strip()
        found = [r for r in self.report["refused_rows"] if Path(r["file"]).name == name]
        assert found, f"nothing of {name} was refused"
        return str(found[0]["reason"])


def imported(case: Path, *files: Path) -> Ended:
    """Import with the real program, which may have so much memory and no more."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))

    process = subprocess.Popen(
        [sys.executable, "-m", "reviewer", "import", "--json", str(case), *map(str, files)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=bounded,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        out, err = process.stdout.read().decode(), process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    scale = 1024 if sys.platform == "darwin" else 1
    return Ended(process.returncode, out, err, used.ru_maxrss // scale // 1024)


def refused(case: Path, *files: Path) -> Ended:
    """Import files of which nothing is to be taken in."""
    ended = imported(case, *files)
    assert ended.code == 1, ended
    assert "fault" not in ended.err
    assert "Traceback" not in ended.err
    assert ended.err.count("\n") <= 1
    assert ended.peak_mb < MOST_MB
    assert whole(case) == []
    return ended


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path, list)


def written(folder: Path, **files: str | bytes) -> list[Path]:
    """Files with these contents; `a_json` is called `a.json`."""
    paths = []
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
EVIL_DTDS = {
    "laughs": (f"<!DOCTYPE x [{LAUGHS}]>", "&a9;"),
    "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 50_000),
    "file": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
    "http": ('<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>', "&a;"),
    "parameter": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>', "x"),
}
BODIES = {
    "ttml": '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
    '<p begin="0s" end="1s">{0}</p></div></body></tt>',
    "eaf": '<ANNOTATION_DOCUMENT><TIER TIER_ID="a">{0}</TIER></ANNOTATION_DOCUMENT>',
    "tei.xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'
    '<u who="#a">{0}</u></body></text></TEI>',
}


def test_entities_in_xml_are_neither_blown_up_nor_fetched(case: Path, tmp_path: Path) -> None:
    files = []
    for ending, body in BODIES.items():
        for name, (dtd, use) in EVIL_DTDS.items():
            path = tmp_path / f"{name}.{ending}"
            path.write_text(dtd + body.format(use))
            files.append(path)
    for file in files:
        assert "defines XML entities" in refused(case, file).reason(file.name)
        break
    both = imported(case, *files, *written(tmp_path, good_jsonl=GOOD))
    assert both.code == 0
    assert {r["reason"][:20] for r in both.report["refused_rows"]} == {"defines XML entities"}
    assert len(both.report["refused_rows"]) == len(files)
    assert both.peak_mb < MOST_MB
    assert whole(case) == []


GOOD = '{"kind": "claim", "id": "good", "text": "A good one."}\n'


def test_entities_in_html_stay_letters(case: Path, tmp_path: Path) -> None:
    page = "<html><body><article><h1>T</h1><p>Words of a page. {0}</p></article></body></html>"
    files = []
    for name, (dtd, use) in EVIL_DTDS.items():
        (path := tmp_path / f"{name}.html").write_text(dtd + page.format(use))
        files.append(path)
    ended = imported(case, *files)
    assert ended.code == 0
    assert ended.peak_mb < MOST_MB
    assert ended.report["new"] >= len(files)
    assert b"root:" not in case.read_bytes()
    assert whole(case) == []


DEEP = "[" * 600_000
LINKED = '<html><body><script type="application/ld+json">{0}</script></body></html>'
NESTED: dict[str, tuple[str | bytes, str]] = {
    "lists_json": (DEEP, "nested too deep"),
    "closed_json": (DEEP + "]" * 600_000, "nested too deep"),
    "objects_json": ('{"a":' * 600_000, "nested too deep"),
    "line_jsonl": (f'{{"kind": "claim", "id": "a", "text": {DEEP}}}', "nested too deep"),
    "foreign_jsonl": (f'{{"claim": "x", "y": {DEEP}}}', "nested too deep"),
    "tags_html": ("<div>" * 600_000 + "words", "more than 500,000 tags"),
    "tags_ttml": (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body>' + "<div>" * 600_000,
        "more than 500,000 elements",
    ),
    "lists_toml": ("a=" + "[" * 100_000, "not valid TOML"),
}


def test_nothing_is_too_deep_to_be_refused(case: Path, tmp_path: Path) -> None:
    files = written(tmp_path, **{name: content for name, (content, _) in NESTED.items()})
    files += written(
        tmp_path,
        good_jsonl=GOOD,
        deep_html=LINKED.format(f'{{"@type": "ClaimReview", "x": {DEEP}}}'),
    )
    ended = imported(case, *files)
    assert ended.code == 0
    assert ended.report["new"] == 1
    for name, (_, reason) in NESTED.items():
        assert reason in ended.reason(name.replace("_", "."))
    reasons = [r["reason"] for r in ended.report["refused_rows"] if "deep.html" in r["file"]]
    assert "nested too deep" in reasons
    assert ended.peak_mb < MOST_MB
    assert whole(case) == []


def review(**more: str) -> str:
    """A review as JSON-LD; values are JSON."""
    said = {
        "@type": '"ClaimReview"',
        "claimReviewed": '"They won."',
        "url": '"https://check.example/1"',
        "reviewRating": '{"alternateName": "False"}',
        **more,
    }
    return "{" + ", ".join(f'"{key}": {value}' for key, value in said.items()) + "}"


TWICE = '{"alternateName": "False", "alternateName": "True"}'
BENT = {
    "whole_json": '[{"claim": "a", "claim": "b", "claimant": "x"}]',
    "ours_jsonl": '{"kind": "claim", "id": "a", "id": "b", "text": "t"}',
    "foreign_jsonl": '{"claim": "a", "claim": "b", "claimant": "x"}',
    "linked_json": review(reviewRating=TWICE),
    "linked_jsonl": review() + "\n" + review(reviewRating=TWICE),
    "linked_html": LINKED.format(review(reviewRating=TWICE)),
}


@pytest.mark.parametrize("name", BENT)
def test_a_key_that_stands_twice_is_refused_wherever_json_is_read(
    tmp_path: Path, name: str
) -> None:
    (path,) = written(tmp_path, **{name: BENT[name]})
    assert any("stands twice in one object" in reason for reason in reasons_of(path))


NUMBERS = {
    "NaN": "NaN is not a number",
    "-Infinity": "-Infinity is not a number",
    "1e999": "the number 1e999 is too large to be kept",
    "1e" + "9" * 10_000: "is too large to be kept",
    "9" * 10_000: "has too many digits to be kept",
}


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:9])
def test_a_number_that_cannot_be_kept_is_refused_wherever_json_is_read(
    tmp_path: Path, number: str
) -> None:
    rating = f'{{"ratingValue": {number}, "alternateName": "False"}}'
    for path in written(
        tmp_path,
        whole_json=f'[{{"claim": "a", "claimant": "x", "rating": {number}}}]',
        ours_jsonl=f'{{"kind": "claim", "id": "a", "text": "t", "priority": {number}}}',
        foreign_jsonl=f'{{"claim": "a", "claimant": "x", "rating": {number}}}\n',
        linked_json=review(reviewRating=rating),
        linked_html=LINKED.format(review(reviewRating=rating)),
    ):
        assert any(NUMBERS[number] in reason for reason in reasons_of(path)), path


def reasons_of(path: Path) -> list[str]:
    """Why rows of a file, or all of it, are refused; read here, where it is quick."""
    from reviewer.model.errors import UnreadableError
    from reviewer.readers import chosen, read
    from reviewer.readers.given import Given

    try:
        with Given.open(path) as given:
            return [row.reason for row in read(given, chosen(given)) if row.reason]
    except UnreadableError as error:
        return [error.sentence]


def test_half_characters_zero_bytes_and_endless_numbers_harm_nothing(
    case: Path, tmp_path: Path
) -> None:
    digits = "9" * 10_000
    files = written(
        tmp_path,
        half_json='[{"claim": "a\\ud800", "claimant": "x"}]',
        half_jsonl='{"kind": "claim", "id": "a", "text": "t\\udfff"}',
        key_jsonl='{"kind": "claim", "id": "a", "text": "t", "\\udfff": 1}',
        kind_jsonl='{"kind": "\\ud800", "id": "a", "text": "t"}',
        half_html=LINKED.format(review(claimReviewed='"x\\ud800"')),
        half_csv=b"id,claim,claimant\n1,a\xed\xa0\x80,b\n",
        zero_csv=b"id,claim,claimant\n1,a\0b,c\n2,\0,\0\n",
        zero_toml=b'[[claim]]\nid="a"\ntext="\0"\n',
        zeros_txt=bytes(MB),
        long_srt=f"{digits}\n{digits}:00:01,000 --> 00:00:02,000\nhello\n",
        long_toml=f'[[claim]]\nid="a"\ntext="b"\npriority={digits}\n',
        good_jsonl=GOOD,
    )
    ended = imported(case, *files)
    assert ended.code == 0
    assert ended.report["refused"] >= 6
    assert ended.peak_mb < MOST_MB
    assert whole(case) == []


ENDINGS = re.findall(
    r"\w+", "csv tsv json jsonl toml srt vtt ass sbv sub ttml xml eaf html txt docx"
)


def test_junk_is_junk_whatever_it_is_called(case: Path, tmp_path: Path) -> None:
    junk = random.Random(1).randbytes(256 * 1024)
    files = [tmp_path / f"junk.{ending}" for ending in ENDINGS]
    for file in files:
        file.write_bytes(junk)
    ended = imported(case, *files, *written(tmp_path, good_jsonl=GOOD))
    assert ended.code == 0
    refusals = {Path(file["name"]).suffix: file["refused"] for file in ended.report["files"]}
    assert {suffix for suffix, count in refusals.items() if not count} == {".jsonl"}
    assert ended.report["new"] == 1
    assert ended.peak_mb < MOST_MB
    assert whole(case) == []


def test_what_is_packed_is_not_unpacked(case: Path, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("claims.csv", bytes(64 * MB))
    for path in written(tmp_path, bomb_csv=gzip.compress(bytes(64 * MB)), bomb_zip=bomb.getvalue()):
        assert "unpack it" in refused(case, path).reason(path.name)


GIGABYTES = {
    "csv": b"id,claim,claimant\n1,",
    "jsonl": b'{"kind": "claim", "id": "a", "text": "',
    "srt": b"1\n00:00:01,000 --> 00:00:02,000\n",
}


@pytest.mark.parametrize("ending", GIGABYTES)
def test_a_line_of_a_gigabyte_is_not_read(case: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"long.{ending}"
    path.write_bytes(GIGABYTES[ending] + b"word " * MB)
    os.truncate(path, 256 * MB)
    ended = refused(case, path)
    assert "longer than 16 MB" in ended.reason(path.name) or "larger than" in ended.reason(
        path.name
    )
    # What a process may take at most counts from before it became this program.
    assert ended.peak_mb < 300


def many(unit: str, size: int = 12 * MB, before: str = "", after: str = "") -> str:
    return before + unit * (size // len(unit)) + after


TABLE = "id,claim,claimant\n" + "".join(f"{n},They won {n}.,B\n" for n in range(9))
ENDLESS: dict[str, tuple[Callable[[], str], str]] = {
    "commas.csv": (lambda: many(",", before=TABLE, after="\n"), "200,000 cells"),
    "quoted.csv": (lambda: many('"",', before=TABLE), "200,000 cells"),
    "values.jsonl": (
        lambda: many('"",', before='{"kind": "claim", "id": "a", "tags": [', after='""]}'),
        "more values than can be read at once",
    ),
    "objects.json": (lambda: many("{},", before="[", after="{}]"), "more values than"),
    "arrows.srt": (lambda: many("00:00:01,000 --> 00:00:02,000\n"), "more than 300,000 lines"),
    "speakers.txt": (lambda: many("SPEAKER: hm\n"), "more than 300,000 lines"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_goes_on_and_on_is_refused_before_it_fills_the_memory(
    case: Path, tmp_path: Path, name: str
) -> None:
    content, reason = ENDLESS[name]
    path = tmp_path / name
    path.write_text(content())
    ended = imported(case, path)
    assert reason in ended.reason(name)
    assert "Traceback" not in ended.err
    assert ended.peak_mb < MOST_MB
    assert whole(case) == []


def test_what_is_no_ordinary_file_is_not_waited_for(case: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "blank.csv").write_text("\n" * 16 * MB)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.csv"))
        for name, reason in (
            ("fifo.csv", "not an ordinary file"),
            ("socket.csv", "cannot be read"),
            ("folder.csv", "no file to import in this folder"),
            ("dangling.csv", "there is no such file"),
            ("empty.csv", "empty"),
            ("blank.csv", "empty"),
            ("/dev/zero", "not an ordinary file"),
        ):
            path = tmp_path / name
            assert reason in refused(case, path).reason(path.name)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no /proc here")
def test_the_memory_of_a_process_is_no_evidence(case: Path) -> None:
    refused(case, Path("/proc/self/mem"))


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(case: Path, tmp_path: Path) -> None:
    (path,) = written(tmp_path, secret_csv="id,claim\n1,a\n")
    path.chmod(0)
    assert "Permission denied" in refused(case, path).reason(path.name)


@contextmanager
def meanwhile(change: Callable[[], None]) -> Iterator[None]:
    """Do this again and again as long as the block lasts."""
    over = Event()

    def again() -> None:
        while not over.wait(0.001):
            change()

    thread = Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write('{"kind": "claim", "id": "more", "text": "More."}\n')


def shrink(path: Path) -> None:
    size = path.stat().st_size
    os.truncate(path, max(20_000, size - 1000))


def rewrite(path: Path) -> None:
    with path.open("r+") as file:
        file.seek(100_000)
        file.write("x")


@pytest.mark.parametrize("change", [grow, shrink, rewrite])
def test_a_file_that_changes_while_it_is_read_is_not_called_complete(
    case: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    row = '{{"kind": "claim", "id": "c-{}", "text": "{}"}}\n'
    (path,) = written(
        tmp_path, moving_jsonl="".join(row.format(n, "word " * 20) for n in range(9_000))
    )
    with meanwhile(lambda: change(path)):
        ended = imported(case, path)
    assert "changed while it was read" in ended.err + ended.out
    assert "Traceback" not in ended.err
    assert whole(case) == []


def test_a_file_that_is_replaced_while_it_is_read_is_read_as_it_was(
    case: Path, tmp_path: Path
) -> None:
    (path, other) = written(tmp_path, first_jsonl=GOOD * 2, other_jsonl=GOOD.replace("good", "x"))
    content = other.read_bytes()

    def replace() -> None:
        other.write_bytes(content)
        other.replace(path)

    with meanwhile(replace):
        ended = imported(case, path)
    assert ended.code == 0
    assert whole(case) == []


def test_thousands_of_tiny_files_are_one_import(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(1_500):
        (folder / f"{n}.jsonl").write_text(f'{{"kind": "claim", "id": "c-{n}", "text": "T"}}')
    ended = imported(case, folder)
    assert ended.code == 0
    assert ended.report["new"] == 1_500
    # With what the tests themselves hold at the moment of the fork.
    assert ended.peak_mb < 350
    assert whole(case) == []
