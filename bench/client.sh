#!/usr/bin/env bash
# The client against the official OpenAI client and a bare HttpClient, in one run; see README.md for how to read it.
#   bench/client.sh [options] [NAME...]
#     NAME        calls, in-flight, throughput, deadlines, stream, upload; default all
#     --rounds N  rounds; in each everything is measured once, in turn; default 15, for throughput 7
#     --tool EXE  measure this build of the benchmark instead of building the one here, to compare with what was before
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=() names=() tool=
while [ $# -gt 0 ]; do
    case $1 in
        --rounds)
            [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { echo "bench/client.sh: --rounds needs a number" >&2; exit 2; }
            rounds=(--rounds "$2")
            shift
            ;;
        --tool) tool=$(realpath "${2:?--tool needs a path}"); shift ;;
        calls | in-flight | throughput | deadlines | stream | upload) names+=("$1") ;;
        *) echo "bench/client.sh: unknown option $1 (see the head of the file)" >&2; exit 2 ;;
    esac
    shift
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [ -z "$tool" ]; then
    dotnet build bench/GroqKit.Bench.Client --configuration Release --nologo --verbosity quiet >&2
    tool=$PWD/artifacts/bin/GroqKit.Bench.Client/release/GroqKit.Bench.Client
fi
echo "$(nproc) cores" >&2
exec "$tool" "${names[@]}" "${rounds[@]}"
