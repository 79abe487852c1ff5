#!/usr/bin/env bash
# Make an environment with the lowest versions that pyproject.toml allows. Usage: tools/lowest.sh FOLDER
# The reports are made in it by .ci/run; what a package asks of others comes in its newest version.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${1:?"Cách dùng: tools/lowest.sh THƯ-MỤC"}
mkdir -p "$folder"
"${PYTHON:-python3}" -m venv "$folder/uv"
"$folder/uv/bin/python" -m pip install --quiet --disable-pip-version-check uv
uv=$folder/uv/bin/uv
"$uv" venv --quiet --python "${PYTHON:-python3}" "$folder/env"
"$uv" pip compile --quiet --resolution lowest-direct --python "$folder/env/bin/python" \
  pyproject.toml --output-file "$folder/lowest.txt" >/dev/null
"$uv" pip install --quiet --python "$folder/env/bin/python" -r "$folder/lowest.txt"
"$uv" pip install --quiet --python "$folder/env/bin/python" --no-deps -e .
