"""What columns are called: the names that tell a column's role, in several languages.

Names are compared without capitals, blanks and marks: `claimReview_claimReviewed` is
`claimreviewclaimreviewed`. Of several columns that fit a role the first name listed wins.
"""

import re

MARKS = re.compile(r"[\W_]+")
OUR_OWN = frozenset(["refused_file", "refused_line", "refused_reason"])
"""Columns of a side file of ours, which say why a row was refused."""

ROLES: dict[str, tuple[str, ...]] = {
    role: tuple(names.split())
    for role, names in {
        "id": ("id claimid vclaimid statementid postid messageid tweetid uid uuid guid key hcid n"),
        "claim": (
            "claimreviewclaimreviewed claimreviewed verifiedclaim vclaim claim claimtext"
            " claimreview disinfocases disinfocase disinformationcase fact assertion allegation"
            " allegedfact fakes fake твердження заява утверждение заявление фейк behauptung"
            " affirmation afirmacion affermazione twierdzenie tvrzeni iddia الادعاء 声明"
        ),
        "statement": "statement statements statementtext quote zitat cita цитата",
        "speech": "speech utterance sentence message turn dialogue phrase репліка реплика",
        "text": (
            "text content fulltext articletext articlebody body paragraph passage post tweet"
            " message transcript extrabody текст зміст содержание texto texte testo inhalt"
            " nachricht summary abstract zusammenfassung resumen"
        ),
        "body": "extrabody articlebody factcheckbody body fulltext debunking disproof",
        "translation": "translation textenglish textentranslation englishtranslation"
        " переклад перевод übersetzung traduccion traduction",
        "claimant": (
            "claimant claimedby creativeworkauthorname speaker saidby originator politician"
            " person source media outlet outlets medium заявник автор спікер"
        ),
        "speaker": (
            "speaker speakername who sprecher hablante orador locuteur мовець спікер спикер"
            " говорящий"
        ),
        "speakername": "speakerstd speakerfullname speakernormalized speakerstandard",
        "publisher": (
            "claimreviewauthorname publisher factchecker checker checkedby claimreviewsource"
            " factcheckorganization organization organisation reviewer"
        ),
        "rating": (
            "ratingalternatename claimreviewrating rating textualrating label verdict truthvalue"
            " veracity truthrating truthfulness conclusion alternatename вердикт оцінка оценка"
            " urteil bewertung veredicto verdetto"
        ),
        "value": "ratingratingvalue ratingvalue",
        "worst": "ratingworstrating worstrating",
        "best": "ratingbestrating bestrating",
        "title": (
            "extratitle claimreviewtitle verifiedclaimarticletitle articletitle title headline"
            " name заголовок назва titel titulo titre"
        ),
        "reason": "reason justification explanation rationale обґрунтування обоснование",
        "url": (
            "claimreviewurl verifiedclaimurl factcheckingarticle factcheckurl reviewurl claimurl"
            " url link href uri посилання ссылка"
        ),
        "date": (
            "creativeworkdatepublished claimdate statementdate datesaid date eventdate"
            " dateextracted datepublished publishdate publicationdate published publishedat day"
            " дата datum fecha data"
        ),
        "rated": "claimreviewdatepublished publishdate reviewdate factcheckdate checkdate",
        "tags": (
            "extratags tags keywords keyword subjects subject topics topic categories category"
            " теги теми темы schlagworte etiquetas"
        ),
        "language": "language lang мова язык sprache idioma langue lingua",
        "start": "start begin starttime starts begintime startms startsec time timestamp",
        "end": "end stop endtime ends stoptime endms endsec",
        "priority": "priority",
        "document": "document documentname documentid docid doc",
        "line": "line linenumber lineno lineid",
        "number": "claimnumber",
    }.items()
}
VERDICTS = frozenset(
    [
        "true",
        "false",
        "mixture",
        "unproven",
        "misleading",
        "supported",
        "refuted",
        "disputed",
        "incorrect",
        "correct",
        "hoax",
        "satire",
        "fake",
        "unverified",
        "partlyfalse",
        "partlytrue",
        "mostlytrue",
        "mostlyfalse",
        "halftrue",
        "barelytrue",
        "pantsfire",
        "pantsonfire",
        "supports",
        "refutes",
        "notenoughinfo",
        "notenoughevidence",
        "missingcontext",
        "altered",
        "miscaptioned",
        "outdated",
        "scam",
        "unsupported",
        "fulltrue",
    ]
)
"""Verdict words without marks, by which a column without a name is known."""

LIAR = [
    "id",
    "label",
    "statement",
    "subjects",
    "speaker",
    "job",
    "state",
    "party",
    "barely_true_counts",
    "false_counts",
    "half_true_counts",
    "mostly_true_counts",
    "pants_on_fire_counts",
    "venue",
]
"""The columns of the LIAR data set (Wang 2017), whose files have no headings."""


def bare(name: str) -> str:
    """A name without capitals, blanks and marks."""
    return MARKS.sub("", name).lower()
