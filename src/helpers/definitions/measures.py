"""What usually helps where a criterion is weak: proposals, never findings (``params/measures``)."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.complaints import complaint
from helpers.definitions.load import DefinitionError
from helpers.kept import while_unchanged
from helpers.project import Project, find_project


class Measure(BaseModel):
    """A proposal for a weak criterion.

    Parameters
    ----------
    criterion : str
        Code in the definition of the index; a child takes the proposal of its nearest parent.
    what : str
        What to do, a Vietnamese sentence without its full stop.
    lead : str
        Which unit usually leads.
    shown_by : str
        How one sees that it was done.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    criterion: str
    what: str
    lead: str
    shown_by: str

    @field_validator("what", "lead", "shown_by")
    @classmethod
    def _a_sentence_without_its_end(cls, value: str) -> str:
        if not value or value.endswith("."):
            raise ValueError("phải có chữ và không kết thúc bằng dấu chấm")
        return value


def load_measures(index: str, project: Project | None = None) -> tuple[Measure, ...]:
    """Read the proposals for an index; none if there is no file.

    Parameters
    ----------
    index : str
    project : Project, optional

    Raises
    ------
    DefinitionError
        If the file is not a list of proposals; the message names the file and the place in it.
    """
    path = (project or find_project()).root / "params" / "measures" / f"{index}.yml"
    return _load(path) if path.is_file() else ()


def measures_for(code: str, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Return the proposals for a criterion, or for the nearest criterion above it.

    Parameters
    ----------
    code : str
        ``B1.2``: proposals for ``B1.2``, else for ``B1``, else for ``B``.
    measures : tuple of Measure
    """
    for end in range(len(code), 0, -1):
        found = tuple(measure for measure in measures if measure.criterion == code[:end])
        if found:
            return found
    return ()


@while_unchanged(lambda path: [path])
def _load(path: Path) -> tuple[Measure, ...]:
    try:
        listed = read_yaml_file(path)
        if not isinstance(listed, list):
            raise DefinitionError(f"measures/{path.name}: cần một danh sách giải pháp.")
        return tuple(Measure.model_validate(item) for item in listed)
    except yaml.YAMLError as error:
        raise DefinitionError(f"measures/{path.name}: {error}") from error
    except ValidationError as error:
        raise DefinitionError(f"measures/{path.name}: {complaint(error)}") from error
