"""Read a definition file into its model, with errors that name file and key."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from helpers.definitions._yaml import read_yaml_file
from helpers.definitions.complaints import complaints

Model = TypeVar("Model", bound=BaseModel)


class DefinitionError(ValueError):
    """A definition file is wrong; the message names the file, the key and what is expected."""


def read_definition(path: Path, model: type[Model], name: str) -> Model:
    """Read a file of YAML into a model.

    Parameters
    ----------
    path : Path
    model : type of BaseModel
    name : str
        How messages call the file.

    Raises
    ------
    DefinitionError
        If it is no YAML, or not what the model expects; every wrong key is named.
    """
    try:
        return model.model_validate(read_yaml_file(path))
    except yaml.YAMLError as error:
        raise DefinitionError(f"{name}: không đọc được YAML: {error}") from error
    except ValidationError as error:
        lines = [f"  {key}: {said}" for key, said in complaints(error)]
        raise DefinitionError(f"{name} có khóa sai hoặc thiếu:\n" + "\n".join(lines)) from error
