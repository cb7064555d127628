"""Which imported files the records of a claim came from."""

from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Provenance, Recording, Target
from reviewer.service.session import Session

Files = dict[tuple[str, str], Provenance]
"""By kind and id; what came from no file, or from one that is not known, is not in it."""


def kind_of(target: Target) -> str:
    """`statement` or `recording`, as provenance is asked for."""
    return "recording" if isinstance(target, Recording) else "statement"


def file_of(session: Session, target: Target) -> Provenance | None:
    """The file that a text came from."""
    return session.provenance(kind_of(target), target.id)


def files_of(session: Session, view: ClaimView) -> Files:
    """The files that a claim and its texts came from."""
    wanted = [("claim", view.claim.id), *((kind_of(t), t.id) for t in view.targets)]
    found = {key: session.provenance(*key) for key in wanted}
    return {key: file for key, file in found.items() if file is not None}
