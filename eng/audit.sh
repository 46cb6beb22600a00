#!/usr/bin/env bash
# Known weaknesses and licences of everything that src/ depends on, direct or not. Fails on a weakness, and on a licence that isn't listed here.
#   eng/audit.sh [REPORT]     writes the licences to REPORT as well (docs/licences.md is made this way)
set -euo pipefail
cd "$(dirname "$0")/.."
report=${1:-}
# The last one is on two old packages that hold no code, only names of frameworks.
allowed='MIT|Apache-2.0|BSD-2-Clause|BSD-3-Clause|PostgreSQL|0BSD|Microsoft .NET Library'

dotnet restore GroqKit.slnx --locked-mode --verbosity quiet
weak=$(dotnet list GroqKit.slnx package --vulnerable --include-transitive 2>&1) || { echo "$weak" >&2; exit 1; }
if grep -q 'has the following vulnerable packages' <<<"$weak"; then
    echo "$weak" >&2
    exit 1
fi
grep -q 'NU1900' <<<"$weak" && echo "The index of known weaknesses can't be reached from here: nothing was checked against it." >&2

packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
# Name and version of every package in the lock files of src/, projects aside.
list=$(python3 - src/*/packages.lock.json <<'PY'
import json, sys
found = set()
for path in sys.argv[1:]:
    for target in json.load(open(path))["dependencies"].values():
        found |= {(name, entry["resolved"]) for name, entry in target.items() if entry["type"] != "Project"}
for name, version in sorted(found, key=lambda pair: (pair[0].lower(), pair[1])):
    print(name, version)
PY
)
lines='' strange=''
while read -r name version; do
    spec="$packages/${name,,}/$version/${name,,}.nuspec"
    licence=$(grep -oP '<license type="expression">\K[^<]+' "$spec" || true)
    # Packages from before expressions name an address.
    [ -n "$licence" ] || case $(grep -oP '<licenseUrl>\K[^<]+' "$spec" | tr '[:upper:]' '[:lower:]' || true) in
        *license-2.0* | *apache*) licence=Apache-2.0 ;;
        *stackexchange.redis*) licence=MIT ;;
        *dotnet/corefx* | *dotnet/standard*) licence=MIT ;;
        *linkid=329770* | *linkid=529443*) licence='Microsoft .NET Library' ;;
        *) licence=$(grep -qP '<license type="file"' "$spec" && echo "own file" || echo unknown) ;;
    esac
    lines+="| $name | $version | $licence |"$'\n'
    grep -qE "^($allowed)( (AND|OR) ($allowed))*$" <<<"$licence" || strange+="  $name $version: $licence"$'\n'
done <<<"$list"

if [ -n "$report" ]; then
    { printf '# Licences\n\nOf every package that GroqKit depends on, direct or not; written by `eng/audit.sh`.\n\n| package | version | licence |\n|---|---|---|\n%s' "$lines"; } >"$report"
fi
echo "$(wc -l <<<"$list") packages"
if [ -n "$strange" ]; then
    printf 'Licences to look at:\n%s' "$strange" >&2
    exit 1
fi
