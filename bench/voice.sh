#!/usr/bin/env bash
# What a spoken turn takes beyond its providers, alone and with 200 at once; see README.md for how to read it.
#   bench/voice.sh [--tool EXE]
#     --tool EXE  measure this build of the benchmark instead of building the one here, to compare with what was before
set -euo pipefail
cd "$(dirname "$0")/.."

tool=
while [ $# -gt 0 ]; do
    case $1 in
        --tool) tool=$(realpath "${2:?--tool needs a path}"); shift ;;
        *) echo "bench/voice.sh: unknown option $1 (see the head of the file)" >&2; exit 2 ;;
    esac
    shift
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [ -z "$tool" ]; then
    dotnet build bench/GroqKit.Bench.Voice --configuration Release --nologo --verbosity quiet >&2
    tool=$PWD/artifacts/bin/GroqKit.Bench.Voice/release/GroqKit.Bench.Voice
fi
echo "$(nproc) cores" >&2
exec "$tool"
