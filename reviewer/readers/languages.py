"""Languages as transcripts name them, as tags of BCP 47; and the script a line is written in."""

import re
import unicodedata
from collections import Counter

TAGS: dict[str, str] = dict(
    re.findall(
        r"(\w+)=(\S+)",
        """
        alb=sq ara=ar arm=hy aze=az bel=be ben=bn bos=bs bul=bg cat=ca ces=cs chi=zh cze=cs
        dan=da deu=de dut=nl ell=el eng=en epo=eo est=et eus=eu fas=fa fin=fi fra=fr fre=fr
        geo=ka ger=de gle=ga gre=el heb=he hin=hi hrv=hr hun=hu hye=hy ind=id isl=is ita=it
        jpn=ja kat=ka kaz=kk kir=ky kor=ko lav=lv lit=lt mac=mk mkd=mk msa=ms nld=nl nor=no
        per=fa pol=pl por=pt pus=ps ron=ro rum=ro rus=ru slk=sk slo=sk slv=sl spa=es sqi=sq
        srp=sr swa=sw swe=sv tam=ta tgk=tg tha=th tuk=tk tur=tr ukr=uk urd=ur uzb=uz vie=vi
        zho=zh zhcn=zh-CN zhhans=zh-Hans zhhant=zh-Hant zhtw=zh-TW
        """,
    )
)
"""ISO 639-2 and -3, and habits of subtitlers, where BCP 47 asks for a shorter tag."""

SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr",
    "CJK": "Hani", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "HANGUL": "Kore", "THAI": "Thai",
    "DEVANAGARI": "Deva", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "ETHIOPIC": "Ethi",
    "BENGALI": "Beng", "TAMIL": "Taml", "KHMER": "Khmr", "MYANMAR": "Mymr",
}  # fmt: skip
MIXED = {"Hani": {"Jpan", "Kore"}}
"""Scripts whose letters stand within another's texts."""
ENOUGH = 400
"""As many characters of a text are looked at."""


def bcp47(tag: str) -> str:
    """The tag of BCP 47 for a language as a file tags it: `rus` is `ru`, `zhtw` is `zh-TW`."""
    plain = tag.replace("_", "-")
    return TAGS.get(plain.lower().replace("-", ""), plain)


def script(text: str) -> str:
    """The script that most letters of a text are in, as ISO 15924; empty where none are."""
    counts = Counter(
        name
        for c in text[:ENOUGH]
        if c.isalpha() and (name := SCRIPTS.get(unicodedata.name(c, "").partition(" ")[0]))
    )
    for inner, outers in MIXED.items():
        for outer in outers & counts.keys():
            counts[outer] += counts.pop(inner, 0)
    return counts.most_common(1)[0][0] if counts else ""
