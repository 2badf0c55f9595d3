#!/bin/sh
# Rebuilds every samples/*/paper.pdf from its source, byte for byte.
#   samples/build.sh            all of them
#   samples/build.sh clean ...  only these
set -eu
cd "$(dirname "$0")"

if ! command -v pdflatex >/dev/null 2>&1; then
    cat >&2 <<'NEED'
build.sh needs pdflatex, with the classes and fonts of these Debian packages:
    apt-get install --no-install-recommends texlive-latex-base \
        texlive-latex-recommended texlive-fonts-recommended cm-super-minimal
NEED
    exit 1
fi

# dates in the PDFs come from here: 1 September 2023, noon, UTC
SOURCE_DATE_EPOCH=1693569600 FORCE_SOURCE_DATE=1 TZ=UTC LC_ALL=C
export SOURCE_DATE_EPOCH FORCE_SOURCE_DATE TZ LC_ALL

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ $# -eq 0 ]; then
    for source in */source/paper.tex; do set -- "$@" "${source%%/*}"; done
fi

for sample in "$@"; do
    sample=${sample%/}
    mkdir "$work/$sample"
    for run in 1 2 3; do
        (cd "$sample/source" && pdflatex -interaction=nonstopmode -halt-on-error \
            -output-directory="$work/$sample" paper.tex) >"$work/$sample/run$run" || {
            grep -A4 '^!' "$work/$sample/run$run" >&2
            echo "build.sh: $sample does not compile" >&2
            exit 1
        }
    done
    grep -E 'undefined|multiply|Rerun|Overfull' "$work/$sample/run3" >&2 || :
    cp "$work/$sample/paper.pdf" "$sample/paper.pdf"
    echo "$sample/paper.pdf: $(sed -n 's/.*paper.pdf (\(.*\), .*/\1/p' "$work/$sample/run3")"
done
