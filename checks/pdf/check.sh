#!/usr/bin/env bash
# Whether PDFs are PDF/A-3u, by veraPDF: check.sh FILE.pdf...
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || { echo "usage: check.sh FILE.pdf..." >&2; exit 2; }

mkdir -p "$here/target"
mvn -B -ntp -q -f "$here/pom.xml" dependency:build-classpath \
  -Dmdep.outputFile="$here/target/classpath" >/dev/null
verapdf() {
  "${JAVA_HOME:?}/bin/java" -cp "$(cat "$here/target/classpath")" \
    org.verapdf.apps.GreenfieldCliWrapper --flavour 3u --format text "$@"
}

# The control: the first file, which calls itself PDF/A-1 in as many bytes.
LC_ALL=C sed 's/\(pdfaid:part[>="]*\)3/\11/' "$1" > "$here/target/control.pdf"
if verapdf "$here/target/control.pdf" | grep -q '^PASS'; then
  echo "FAIL the control: a file passes for what it does not say it is" >&2
  exit 1
fi
echo "ok   the control: what calls itself PDF/A-1 is no PDF/A-3"
status=0
for file in "$@"; do
  answer=$(verapdf "$file" || true)
  echo "$answer"
  grep -q '^PASS' <<<"$answer" || { verapdf -v "$file" || true; status=1; }
done
exit $status
