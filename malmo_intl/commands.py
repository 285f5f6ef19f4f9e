"""What the commands share: a Swedish sentence for every mistake, and files that are whole or not there at all."""

import datetime
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError


class Fel(CommandError):
    """Django prints an error's own name before its sentence, so it has a Swedish one."""


class SwedishCommand(BaseCommand):
    """`usage`: how the command is written. `bad_arguments`: the exit status when it was written otherwise."""

    usage = ""
    bad_arguments = 2

    def create_parser(self, *args, **options):
        parser = super().create_parser(*args, **options)
        parser.error = self._refuse  # argparse speaks English, over several lines
        return parser

    def _refuse(self, message):
        self.stderr.write(f"Fel: Argumenten går inte att läsa. Skriv: {self.usage}")
        sys.exit(self.bad_arguments)


def year_of(text: str) -> int:
    """Raises Fel if the text is not four digits."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Fel(f"”{text}” är inget år. Skriv fyra siffror, till exempel 2019.")
    return int(text)


def day_of(text: str) -> datetime.date:
    """Raises Fel if the text is no day."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Fel(f"”{text}” är ingen dag. Skriv till exempel 2025-03-01.") from error


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write in, beside `path`, which takes its name when all is written. Raises Fel if it cannot be."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except FileNotFoundError as error:
        raise Fel(f"Mappen {path.parent} finns inte.") from error
    except OSError as error:
        raise Fel(f"Det går inte att skriva i {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except IsADirectoryError as error:
        raise Fel(f"{path} är en mapp. Ange också filens namn.") from error
    except OSError as error:
        raise Fel(f"Det går inte att skriva {path}: {error.strerror}.") from error
    finally:
        Path(beside).unlink(missing_ok=True)
