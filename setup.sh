#!/bin/sh
# Prepares this machine and the environment in .venv. Does nothing that is already done.
#   ./setup.sh          what the product needs to run
#   ./setup.sh test     and what its tests need
set -eu
cd "$(dirname "$0")"

system="python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
requirements=requirements.txt
if [ "${1:-}" = test ]; then
    system="$system chromium-headless-shell poppler-utils qpdf libreoffice-writer-nogui libreoffice-calc-nogui"
    requirements=requirements-dev.txt
fi

# The distribution's own Python first: it is built with optimisations, which make all a quarter quicker.
choose_python() {
    for candidate in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; then
            echo "$candidate"
            return
        fi
    done
}
python=$(choose_python)

missing=""
if command -v dpkg-query >/dev/null; then
    for package in $system; do
        # A package with a screen serves as well as its sister without one.
        for name in "$package" "${package%-nogui}"; do
            dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok' && continue 2
        done
        missing="$missing $package"
    done
fi
# A Python that is not Debian's own brings its venv along.
if [ -n "$python" ] && "$python" -c 'import ensurepip' 2>/dev/null; then
    missing=$(echo "$missing" | sed 's/ python3-venv//')
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
        echo "Installera först:  sudo apt-get install$missing" >&2
        exit 1
    fi
    echo "Installerar$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
    python=$(choose_python)
fi
if [ -z "$python" ]; then
    echo "Python 3.11, 3.12 eller 3.13 behövs och finns inte här." >&2
    exit 1
fi

stamp=".venv/$requirements.$(cksum < "$requirements" | cut -d' ' -f1)"
if [ ! -e "$stamp" ]; then
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements" 2>&1 |
        grep -v '^WARNING: Location' >&2 || true
    .venv/bin/pip check --disable-pip-version-check >/dev/null
    touch "$stamp"
fi
