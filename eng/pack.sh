#!/usr/bin/env bash
# Makes every package of src/, with symbols:
#   eng/pack.sh [FOLDER [more arguments of dotnet msbuild]]     FOLDER is artifacts/package/release unless told otherwise
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath --canonicalize-missing "${1:-artifacts/package/release}")
rm -rf "$folder"
work=(-property:Configuration=Release -property:PackageOutputPath="$folder" "${@:2}" -verbosity:quiet -nologo)
dotnet msbuild eng/packages.proj -target:Restore -property:RestoreLockedMode=true "${work[@]}"
dotnet msbuild eng/packages.proj -target:Pack "${work[@]}"
ls -1 "$folder"
