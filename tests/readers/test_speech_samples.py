"""What each engine writes, in small, and invented: its form is known by its structure only."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.speech import (
    FORMATS,
    aws,
    deepgram,
    google,
    kaldi,
    others,
    oyez,
    simple,
    whisper,
)
from reviewer.readers.speech import assemblyai as assembly
from reviewer.readers.speech.engine import Engine
from reviewer.readers.wishes import Wishes

MODULES = (oyez, deepgram, aws, others, google, assembly, kaldi, whisper, simple)
ENGINES: list[Engine] = [engine for module in MODULES for engine in module.ENGINES]


def google_word(word: str, at: int, tag: int | None = None) -> dict[str, Any]:
    # A zero is left out, as Protocol Buffers do.
    start = {"seconds": str(at)} if at else {}
    found: dict[str, Any] = {"word": word, "startTime": start, "endTime": f"{at}.500s"}
    return found if tag is None else {**found, "speakerTag": tag}


def google_result(text: str, *words: dict[str, Any]) -> dict[str, Any]:
    return {"alternatives": [{"transcript": text, "words": list(words)}], "languageCode": "uk-ua"}


GOOGLE = {
    "results": [
        google_result("Hello there", google_word("Hello", 0), google_word("there", 1)),
        google_result(" yes", google_word("yes", 2)),
        google_result(
            "",
            google_word("Hello", 0, 1),
            google_word("there", 1, 2),
            google_word("yes", 2, 2),
        ),
    ]
}


def aws_word(word: str, start: str, end: str, **more: object) -> dict[str, Any]:
    choice = {"content": word, "confidence": "0.99"}
    times = {"start_time": start, "end_time": end, "type": "pronunciation"}
    return {**times, "alternatives": [choice], **more}


def aws_mark(mark: str) -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"content": mark, "confidence": "0.0"}]}


AWS = {
    "jobName": "call 7",
    "results": {
        "language_code": "en-US",
        "transcripts": [{"transcript": "Fire? No. Wait."}],
        "speaker_labels": {
            "segments": [
                {"items": [{"start_time": "0.1", "speaker_label": "spk_0"}]},
                {
                    "items": [
                        {"start_time": "0.6", "speaker_label": "spk_1"},
                        {"start_time": "1.2", "speaker_label": "spk_1"},
                    ]
                },
            ]
        },
        "items": [
            aws_word("Fire", "0.1", "0.5"),
            aws_mark("?"),
            aws_word("No", "0.6", "1.1"),
            aws_mark("."),
            aws_word("Wait", "1.2", "1.9"),
            aws_mark("."),
        ],
    },
}

DEEPGRAM = {
    "metadata": {"model_info": {"x": {"name": "nova"}}},
    "results": {
        "channels": [
            {
                "detected_language": "uk",
                "alternatives": [
                    {
                        "transcript": "Так. Ні.",
                        "words": [
                            {"word": "так", "punctuated_word": "Так.", "start": 0.5, "end": 0.9},
                            {"word": "ні", "punctuated_word": "Ні.", "start": 4.5, "end": 4.9},
                        ],
                    }
                ],
            },
            {
                "alternatives": [
                    {
                        "transcript": "Чую.",
                        "words": [{"word": "чую", "punctuated_word": "Чую.", "start": 2, "end": 3}],
                    }
                ]
            },
        ]
    },
}

ASSEMBLY = {
    "audio_url": "https://example.org/a.mp3",
    "language_code": "en_us",
    "text": "Yes. No.",
    "utterances": None,
    "words": [
        {"text": "Yes.", "start": 100, "end": 400, "confidence": 0.2, "speaker": "A"},
        {"text": "No.", "start": 450, "end": 800, "confidence": 0.99, "speaker": "B"},
    ],
}

WATSON = {
    "result_index": 0,
    "results": [
        {
            "final": True,
            "alternatives": [
                {
                    "transcript": "are you there yes ",
                    "confidence": 0.31,
                    "timestamps": [
                        ["are", 0.1, 0.3],
                        ["you", 0.3, 0.5],
                        ["there", 0.5, 0.9],
                        ["yes", 1.0, 1.4],
                    ],
                },
                {"transcript": "are you their yes "},
            ],
        },
        {"final": False, "alternatives": [{"transcript": "perhaps "}]},
    ],
    "speaker_labels": [
        {"from": 0.1, "to": 0.3, "speaker": 0},
        {"from": 0.3, "to": 0.5, "speaker": 0},
        {"from": 0.5, "to": 0.9, "speaker": 0},
        {"from": 1.0, "to": 1.4, "speaker": 1},
    ],
}

SPEECHMATICS = {
    "format": "2.7",
    "metadata": {"transcription_config": {"language": "uk"}},
    "results": [
        {
            "type": "word",
            "start_time": 0.1,
            "end_time": 0.5,
            "alternatives": [{"content": "Так", "confidence": 0.9, "speaker": "S1"}],
        },
        {
            "type": "punctuation",
            "attaches_to": "previous",
            "start_time": 0.5,
            "end_time": 0.5,
            "alternatives": [{"content": ".", "confidence": 0.9, "speaker": "S1"}],
        },
    ],
}

AZURE = {
    "source": "https://example.org/a.wav",
    "recognizedPhrases": [
        {
            "recognitionStatus": "Success",
            "speaker": 1,
            "locale": "uk-UA",
            "offsetInTicks": 1_200_000,
            "durationInTicks": 20_000_000.0,
            "nBest": [{"confidence": 0.4, "display": "Так."}, {"display": "Як."}],
        }
    ],
}

AZURE_FAST = {
    "durationMilliseconds": 900,
    "phrases": [
        {"offsetMilliseconds": 40, "durationMilliseconds": 800, "text": "Yes.", "locale": "en-US"}
    ],
}

REV = {
    "monologues": [
        {
            "speaker": 0,
            "elements": [
                {"type": "text", "value": "Hi", "ts": 0.5, "end_ts": 0.8, "confidence": 0.9},
                {"type": "punct", "value": ", "},
                {"type": "text", "value": "Jo", "ts": 0.9, "end_ts": 1.2, "confidence": 0.9},
                {"type": "punct", "value": "-"},
                {"type": "text", "value": "Ann", "ts": 1.2, "end_ts": 1.5, "confidence": 0.9},
                {"type": "punct", "value": "."},
            ],
        }
    ]
}

KALDI = {
    "retval": {
        "punct": "Yes. No.",
        "words": [
            {"word": "yes", "punct": "Yes.", "start": 0.1, "end": 0.5, "confidence": 0.2},
            {"word": "no", "punct": "No.", "start": 5.0, "end": 5.5, "confidence": 1},
        ],
        "segmentation": {
            "segments": [
                {"start": 0, "duration": 2, "speaker": {"@id": "S0", "gender": "F"}},
            ]
        },
    }
}

PAPER = {
    "words": [{"start": 1, "end": 2, "text": "One."}, {"start": 2.5, "end": 3, "text": "Two."}],
    "paragraphs": [{"start": 0, "end": 2.2, "speaker": "Ann"}],
}

SPEECHMATICS_1 = {
    "job": {"lang": "en", "name": "a.mp4"},
    "speakers": [{"time": "0.0", "duration": "9.0", "name": "M1"}],
    "words": [
        {"name": "Yes", "time": "1.00", "duration": "0.50", "confidence": "0.900"},
        {"name": ".", "time": "3.00", "duration": "0.10", "confidence": "0.900"},
    ],
}

OYEZ = {
    "title": "Oral Argument - October 17, 1967",
    "media_file": [{"href": "https://example.org/case_data/1967/35/a.mp3"}],
    "damaged": "the first minute is missing",
    "transcript": {
        "title": "A v. B",
        "sections": [
            {
                "start": 0,
                "turns": [
                    {
                        "speaker": {"identifier": "j_1", "name": "J. Doe", "roles": None},
                        "text_blocks": [{"text": "One.", "start": 0, "stop": 1.5}],
                    },
                    {
                        "speaker": {"identifier": "j_2", "name": "J. Doe", "roles": [
                            {"role_title": "Chief Justice"}
                        ]},
                        "text_blocks": [{"text": "Two.", "start": 1.5, "stop": 2}],
                    },
                    {
                        "speaker": None,
                        "text_blocks": [{"text": "(Inaudible)", "start": 2, "stop": 3}],
                    },
                    {"speaker": None, "text_blocks": []},
                ],
            }
        ],
    },
}  # fmt: skip

WHISPER = {
    "language": "fr",
    "text": " Oui.",
    "segments": [
        {"start": 0.5, "end": 1.5, "text": " Oui.", "avg_logprob": -0.2, "words": [
            {"word": " Oui.", "start": 0.5, "end": 1.5, "speaker": "SPEAKER_00"}
        ]}
    ],
}  # fmt: skip

CPP = {
    "result": {"language": "uk"},
    "params": {"translate": False},
    "transcription": [{"offsets": {"from": 0, "to": 900}, "text": " Так."}],
}

PODCAST = {"version": "1.0.0", "segments": [{"startTime": 0.5, "endTime": 1, "body": "Hi"}]}

COUNCIL = {
    "generator": "CDP",
    "session_datetime": "2023-01-11T05:28:03",
    "sentences": [
        {"start_time": 0.0, "end_time": 2.5, "text": "Good morning.", "speaker_index": 3}
    ],
}

CHAT = [{"speaker": "Ann", "time": "01:02:03.5", "message": "Hi"}]

SAMPLES: dict[str, object] = {
    "google-stt": GOOGLE,
    "aws-transcribe": AWS,
    "deepgram": DEEPGRAM,
    "assemblyai": ASSEMBLY,
    "watson": WATSON,
    "speechmatics": SPEECHMATICS,
    "azure-speech": AZURE,
    "rev-ai": REV,
    "kaldi": KALDI,
    "digital-paper-edit": PAPER,
    "speechmatics-1": SPEECHMATICS_1,
    "oyez": OYEZ,
    "whisper": WHISPER,
    "whisper-cpp": CPP,
    "podcast-json": PODCAST,
    "council-data": COUNCIL,
    "chat-transcript": CHAT,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_form_is_recognised_by_its_own_engine_only(name: str, tmp_path: Path) -> None:
    assert [engine.name for engine in ENGINES if engine.fits(SAMPLES[name])] == [name]
    path = tmp_path / "talk.json"
    path.write_text(json.dumps(SAMPLES[name]))
    with Given.open(path, Wishes()) as opened:
        assert chosen(opened).name == name


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["results", "segments", "words", "text", "start", "alternatives"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in a value of JSON."""
    yield path
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, one in inside:
        yield from places(one, (*path, key))


@for_any(JSON)
def test_no_json_makes_recognising_fail(value: object) -> None:
    for engine in ENGINES:
        assert engine.fits(value) in (True, False)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@for_any(st.data())
def test_no_broken_value_makes_a_reader_fall_over(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    value = copy.deepcopy(SAMPLES[data.draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(value))))
        if not path:
            continue
        parent: Any = value
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = data.draw(JSON)
    path_ = tmp_path_factory.getbasetemp() / "broken.json"
    path_.write_text(json.dumps(value))
    with Given.open(path_, Wishes()) as opened:
        for format_ in FORMATS:
            if not format_.recognises(opened):
                continue
            for row in format_.read(opened):
                assert row.records or row.reason or row.passed_over
                assert row.place != "the whole file" or not row.reason, row.reason
