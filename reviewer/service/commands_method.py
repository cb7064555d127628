"""The commands of method: second readings, origins, rivals, hypotheses, gaps, agreement."""

from __future__ import annotations

from reviewer.service.command import Command

METHOD: tuple[Command, ...] = ()
