"""What columns are called: the names that tell a column's role, in several languages.

Names are compared without capitals, blanks, marks and accents: `claimReview_claimReviewed` is
`claimreviewclaimreviewed`, `Afirmación` is `afirmacion`. Of several columns that fit a role the
first name listed wins.
"""

import re
import unicodedata

from reviewer.readers.row import ADDED

MARKS = re.compile(r"[\W_]+")


def bare(name: str) -> str:
    """A name without capitals, blanks, marks and accents."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not _is_accent(c))
    return MARKS.sub("", name).lower()


def _is_accent(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


OUR_OWN = frozenset(ADDED)
"""Columns of a side file of ours, which say why a row was refused."""

ROLES: dict[str, tuple[str, ...]] = {
    role: tuple(bare(name) for name in names.split())
    for role, names in {
        "id": (
            "id claimid vclaimid statementid postid messageid tweetid uid uuid guid key hcid n"
            " no nr № номер number"
        ),
        "claim": (
            "claimreviewclaimreviewed claimreviewed verifiedclaim vclaim claim claimtext"
            " claimreview disinfocases disinfocase disinformationcase fact assertion allegation"
            " allegedfact fakes fake твердження заява утверждение заявление фейк behauptung"
            " affirmation afirmación alegação affermazione twierdzenie tvrzení iddia الادعاء 声明"
            " whatwassaid whatissaid whatwasclaimed whattheysaid claimmade statementmade щосказано"
            " щобулосказано чтосказано чтобылосказано чтоговорят quésedijo loquesedijo cequiaétédit"
            " wasgesagtwurde waswurdegesagt oquefoidito cosaèstatodetto copowiedziano"
        ),
        "statement": "statement statements statementtext quote zitat cita цитата",
        "speech": "speech utterance sentence message turn dialogue phrase репліка реплика",
        "text": (
            "text content fulltext articletext articlebody body paragraph passage post tweet"
            " message transcript extrabody текст зміст содержание texto texte testo inhalt"
            " nachricht повідомлення сообщение النص textcontent summary abstract zusammenfassung"
            " resumen"
        ),
        "body": "extrabody articlebody factcheckbody body fulltext debunking disproof",
        "translation": "translation textenglish textentranslation englishtranslation"
        " переклад перевод übersetzung traduccion traduction",
        "claimant": (
            "claimant claimedby creativeworkauthorname speaker saidby originator politician"
            " person source media outlet outlets medium заявник автор спікер хтосказав ктосказал"
            " whosaidit whosaid quiladit quienlodijo urheber المتحدث"
            " bywhom saidbywhom whoclaimedit whoclaims ким кимсказано кемсказано dequién porquién"
            " parqui vonwem werhatesgesagt dapartedichi przezkogo who хто кто wer qui quién quem"
            " chi kto"
        ),
        "speaker": (
            "speaker speakername who sprecher hablante orador locuteur мовець спікер спикер"
            " говорящий абонент хто кто المتحدث saidby saidbywhom bywhom whosaidit ким vonwem"
            " parqui"
        ),
        "speakername": "speakerstd speakerfullname speakernormalized speakerstandard",
        "publisher": (
            "claimreviewauthorname publisher factchecker checker checkedby claimreviewsource"
            " factcheckorganization organization organisation reviewer pagename"
        ),
        "rating": (
            "ratingalternatename claimreviewrating rating textualrating label verdict truthvalue"
            " veracity truthrating truthfulness conclusion alternatename вердикт оцінка оценка"
            " urteil bewertung veredicto veredito calificación classificação ocena verdetto werdykt"
            " ourverdict ourrating التقييم الحكم"
        ),
        "value": "ratingratingvalue ratingvalue",
        "worst": "ratingworstrating worstrating",
        "best": "ratingbestrating bestrating",
        "title": (
            "extratitle claimreviewtitle verifiedclaimarticletitle articletitle title headline"
            " name заголовок назва titel título titre uploadtitle العنوان"
        ),
        "reason": "reason justification explanation rationale обґрунтування обоснование",
        "url": (
            "claimreviewurl verifiedclaimurl factcheckingarticle factcheckurl reviewurl claimurl"
            " url link href uri посилання ссылка enlace lien الرابط"
        ),
        "date": (
            "creativeworkdatepublished claimdate dateofclaim statementdate datesaid date eventdate"
            " dateextracted datepublished publishdate publicationdate published publishedat day"
            " postcreateddate postcreated createdat createdtime uploadtimestamp"
            " дата датапублікації датапубликации datum fecha data التاريخ"
            " whensaid whenwasitsaid when коли когда wann cuándo quand quando kiedy"
        ),
        "rated": "claimreviewdatepublished publishdate reviewdate factcheckdate checkdate",
        "tags": (
            "extratags tags keywords keyword subjects subject topics topic categories category"
            " теги теми темы schlagworte etiquetas hashtags"
        ),
        "language": "language lang мова язык sprache idioma langue lingua",
        "start": "start begin starttime starts begintime startms startsec time timestamp час время"
        " початок начало",
        "end": "end stop endtime ends stoptime endms endsec кінець конец",
        "priority": "priority",
        "document": "document documentname documentid docid doc",
        "line": "line linenumber lineno lineid",
        "number": "claimnumber",
    }.items()
}
WEAK_WORDS = (
    "no nr № номер number when коли когда wann cuándo quand quando kiedy ким wer qui quién quem"
    " chi kto"
)
WEAK = frozenset(map(bare, WEAK_WORDS.split()))
"""Names that are words of any sentence: by one of these alone no row is known for headings."""
VERDICT_WORDS = (
    "true false mixture unproven misleading supported refuted disputed incorrect"
    " correct hoax satire fake unverified partlyfalse partlytrue mostlytrue"
    " mostlyfalse halftrue barelytrue pantsfire pantsonfire supports refutes"
    " notenoughinfo notenoughevidence missingcontext altered miscaptioned outdated"
    " scam unsupported fulltrue"
    " правда неправда маніпуляція фейк ложь манипуляция falsch wahr richtig unbelegt"
    " irreführend falso verdadero verdadeiro engañoso enganoso faux vrai trompeur"
    " fałsz prawda manipulacja خاطئ صحيح مضلل"
)
VERDICTS = frozenset(map(bare, VERDICT_WORDS.split()))
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
