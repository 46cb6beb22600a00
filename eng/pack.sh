#!/usr/bin/env bash
# Makes every package, with symbols, in artifacts/package/release.
#   eng/pack.sh [more arguments of dotnet pack]
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf artifacts/package/release
dotnet pack GroqKit.slnx --configuration Release --verbosity quiet --nologo "$@"
ls -1 artifacts/package/release
