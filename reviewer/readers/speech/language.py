"""What a speech engine calls a language, as a tag of BCP 47."""

import re

TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8}){0,3})")

_NAMED = (
    "english:en chinese:zh german:de spanish:es russian:ru korean:ko french:fr japanese:ja "
    "portuguese:pt turkish:tr polish:pl catalan:ca dutch:nl arabic:ar swedish:sv italian:it "
    "indonesian:id hindi:hi finnish:fi vietnamese:vi hebrew:he ukrainian:uk greek:el malay:ms "
    "czech:cs romanian:ro danish:da hungarian:hu tamil:ta norwegian:no thai:th urdu:ur "
    "croatian:hr bulgarian:bg lithuanian:lt latin:la maori:mi malayalam:ml welsh:cy slovak:sk "
    "telugu:te persian:fa latvian:lv bengali:bn serbian:sr azerbaijani:az slovenian:sl "
    "kannada:kn estonian:et macedonian:mk breton:br basque:eu icelandic:is armenian:hy "
    "nepali:ne mongolian:mn bosnian:bs kazakh:kk albanian:sq swahili:sw galician:gl marathi:mr "
    "punjabi:pa sinhala:si khmer:km shona:sn yoruba:yo somali:so afrikaans:af occitan:oc "
    "georgian:ka belarusian:be tajik:tg sindhi:sd gujarati:gu amharic:am yiddish:yi lao:lo "
    "uzbek:uz faroese:fo pashto:ps turkmen:tk nynorsk:nn maltese:mt sanskrit:sa "
    "luxembourgish:lb myanmar:my burmese:my tibetan:bo tagalog:tl malagasy:mg assamese:as "
    "tatar:tt hawaiian:haw lingala:ln hausa:ha bashkir:ba javanese:jv sundanese:su "
    "cantonese:yue mandarin:zh flemish:nl haitian:ht castilian:es valencian:ca farsi:fa"
)
NAMES = dict(pair.split(":") for pair in _NAMED.split())
"""Whisper's names of languages (whisper/tokenizer.py) and a few that others use."""

OLD = {"jw": "jv", "iw": "he", "in": "id", "ji": "yi"}
"""Codes that BCP 47 has replaced; Whisper still writes the first."""


def language(value: object) -> str:
    """A tag of BCP 47 for `fr`, `french`, `en-us` or `en_US`; empty where it is none."""
    said = value.strip() if isinstance(value, str) else ""
    if said.lower() in NAMES:
        return NAMES[said.lower()]
    match = TAG.fullmatch(said)
    if match is None:
        return ""
    code = match[1].lower()
    return OLD.get(code, code) + "".join(map(_subtag, re.split("[-_]", match[2])[1:]))


def _subtag(part: str) -> str:
    # The customary case of RFC 5646, 2.1.1: zh-Hans-CN.
    return "-" + {2: part.upper(), 4: part.title()}.get(len(part), part.lower())
