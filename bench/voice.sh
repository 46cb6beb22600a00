#!/usr/bin/env bash
# What a spoken turn takes beyond its providers, in the library and over HTTP through a gateway, with up to 200 at once; see README.md for how to read it.
#   bench/voice.sh [options] [NAME...]
#     NAME           library, gateway; default both
#     --tool EXE     measure this build of the benchmark instead of building the one here, to compare with what was before
#     --gateway EXE  measure this build of the gateway
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/processes.sh

tool='' gateway='' names=()
while [ $# -gt 0 ]; do
    case $1 in
        --tool) tool=$(realpath "${2:?--tool needs a path}"); shift ;;
        --gateway) gateway=$(realpath "${2:?--gateway needs a path}"); shift ;;
        library | gateway) names+=("$1") ;;
        *) fail "unknown option $1 (see the head of the file)" ;;
    esac
    shift
done
[ ${#names[@]} -gt 0 ] || names=(library gateway)

if [ -z "$tool" ]; then
    build bench/GroqKit.Bench.Voice
    tool=$PWD/artifacts/bin/GroqKit.Bench.Voice/release/GroqKit.Bench.Voice
fi
echo "$(nproc) cores" >&2
for name in "${names[@]}"; do
    if [ "$name" = library ]; then
        "$tool"
        continue
    fi
    if [ -z "$gateway" ]; then
        build src/GroqKit.Gateway
        gateway=$PWD/artifacts/bin/GroqKit.Gateway/release/GroqKit.Gateway
    fi
    key=gk-bench-0123456789abcdef0123456789abcdef
    port[providers]=$(free_port)
    port[gateway]=$(free_port)
    # It would ask for the models of providers that are not there yet.
    start gateway env GROQ_API_KEY=gsk_bench GROQ_BASE_URL="http://127.0.0.1:${port[providers]}" GROQKIT_ADMIN_KEY="$key" \
        GroqKit__Sync__Enabled=false ASPNETCORE_ENVIRONMENT=Production DOTNET_ENVIRONMENT=Production \
        "$gateway" --urls "http://127.0.0.1:${port[gateway]}"
    "$tool" --to "http://127.0.0.1:${port[gateway]}" --key "$key" --providers "${port[providers]}" ||
        fail "the gateway's turns failed:" "$work/gateway.log"
done
