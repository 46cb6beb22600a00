#!/usr/bin/env bash
# Prints what CHANGELOG.md says about a version:  eng/release-notes.sh 1.2.3
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:?usage: eng/release-notes.sh VERSION}
notes=$(awk -v title="## $version" 'index($0, "## ") == 1 { inside = ($0 == title || index($0, title " ") == 1); next } inside' CHANGELOG.md)
[ -n "${notes//[[:space:]]/}" ] || { echo "CHANGELOG.md says nothing about $version" >&2; exit 1; }
printf '%s\n' "$notes"
