#!/usr/bin/env bash
# What a spoken turn takes beyond its providers, in the library and over HTTP through a gateway, with up to 200 at once; see README.md for how to read it.
#   bench/voice.sh [options] [NAME...]
#     NAME           library, gateway; default both
#     --tool EXE     measure this build of the benchmark instead of building the one here, to compare with what was before
#     --gateway EXE  measure this build of the gateway
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/processes.sh

tool='' gateway_exe='' names=()
while [ $# -gt 0 ]; do
    case $1 in
        --tool) tool=$(realpath "${2:?--tool needs a path}"); shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
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
    # The tool acts the providers too; the gateway would ask for their models before they are there.
    port[providers]=$(free_port)
    settings_for "http://127.0.0.1:${port[providers]}"
    place_gateway
    start gateway env "${settings[@]}" GroqKit__Sync__Enabled=false "$gateway_exe" --urls "$gateway"
    "$tool" --to "$gateway" --key "$key" --providers "${port[providers]}" ||
        fail "the gateway's turns failed:" "$work/gateway.log"
done
