#!/usr/bin/env bash
# Create .venv and install the project into it. Usage: tools/setup.sh [test]
# Does nothing when what it installed is still up to date.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
venv=.venv
extra=${1:-}
mark="$venv/.installed${extra:+-$extra}"

say() { printf '%s\n' "$*" >&2; }

# Debian's packages can be installed only by root, or through sudo where it needs no password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo "$@"
  else return 1
  fi
}

apt_install() {
  command -v apt-get >/dev/null || return 1
  as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if ! command -v "$python" >/dev/null; then
  say "Không tìm thấy $python. Cần Python 3.11 trở lên."; exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  say "Cần Python 3.11 trở lên; $python là $("$python" --version)."; exit 1
fi

if [ ! -x "$venv/bin/python" ]; then
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    say "Đang cài python3-venv…"
    apt_install python3-venv || { say "Hãy cài gói python3-venv rồi chạy lại: sudo apt-get install python3-venv"; exit 1; }
  fi
  say "Đang tạo môi trường ảo $venv…"
  "$python" -m venv "$venv"
fi

if [ ! -e "$mark" ] || [ pyproject.toml -nt "$mark" ]; then
  say "Đang cài các gói Python (lần đầu mất vài phút)…"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e ".${extra:+[$extra]}"
  touch "$mark"
fi

# Outputs of notebooks stay out of git: .gitattributes names the filter, which git has to be told of.
if [ "$extra" = lab ] || [ "$extra" = test ]; then
  if command -v git >/dev/null && git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    # JupyterLab also writes what its kernel knows of the language; a notebook keeps the name alone.
    info=metadata.language_info
    options="--keep-id --extra-keys '$info.codemirror_mode $info.file_extension $info.mimetype \
$info.nbconvert_exporter $info.pygments_lexer $info.version'"
    git config filter.nbstripout.clean "\"$PWD/$venv/bin/python\" -m nbstripout $options"
    git config filter.nbstripout.smudge cat
    git config diff.ipynb.textconv "\"$PWD/$venv/bin/python\" -m nbstripout $options -t"
  fi
fi

# Official documents are set in Times New Roman, or in Liberation Serif 2, which has the same widths. The
# package is unpacked into the environment: that needs no rights on the machine.
if [ ! -d "$venv/share/fonts" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null \
  && [ "$("$venv/bin/python" -c 'from helpers.publishing.serif import serif_family; print(serif_family())')" = None ]; then
  say "Đang lấy phông chữ cho văn bản hành chính…"
  fonts=$(mktemp -d)
  # The package has its second version under one name or the other, depending on the release of Debian.
  for package in fonts-liberation2 fonts-liberation; do
    (cd "$fonts" && apt-get download -qq "$package" >/dev/null 2>&1) || continue
    dpkg-deb -x "$fonts/$package"_*.deb "$fonts/unpacked"
    mkdir -p "$venv/share/fonts"
    find "$fonts/unpacked" -name 'LiberationSerif-*.ttf' -exec cp {} "$venv/share/fonts/" \;
    break
  done
  rm -rf "$fonts"
fi

# The page tests open a real browser.
if [ "$extra" = test ] && ! command -v chromium >/dev/null; then
  say "Đang cài Chromium cho các phép thử trang web…"
  if ! apt_install chromium; then
    say "Không cài được Chromium: các phép thử mở trang web sẽ bị bỏ qua."
  fi
fi

# The validator of HTML is a Java program.
if [ "$extra" = test ] && ! command -v java >/dev/null; then
  say "Đang cài Java cho phép thử HTML…"
  if ! apt_install default-jre-headless; then
    say "Không cài được Java: phép thử HTML hợp lệ sẽ bị bỏ qua."
  fi
fi
