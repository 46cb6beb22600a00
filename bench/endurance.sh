#!/usr/bin/env bash
# What load does not show of the gateway: added latency on one connection, many open streams, long transfers, leaving, starting; see README.md.
#   bench/endurance.sh [options] [NAME...]
#     NAME           single, held, upload, long, leave, start; default all
#     --streams N    streams that are open at once, default 5000
#     --megabytes N  length of the upload, default 1000
#     --minutes N    length of the long stream, one chunk every 100 ms; default 60
#     --gateway EXE  measure this build of the gateway; by default it is published ready to run
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/processes.sh

streams=5000 megabytes=1000 minutes=60 gateway_exe= names=()
while [ $# -gt 0 ]; do
    case $1 in
        --streams) streams=${2:?--streams needs a number}; shift ;;
        --megabytes) megabytes=${2:?--megabytes needs a number}; shift ;;
        --minutes) minutes=${2:?--minutes needs a number}; shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
        single | held | upload | long | leave | start) names+=("$1") ;;
        *) fail "unknown option $1 (see the head of the file)" ;;
    esac
    shift
done
[ ${#names[@]} -gt 0 ] || names=(single held upload long leave start)
install curl:curl
# Three processes hold both ends of every stream.
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"

start_upstream
if [ -z "$gateway_exe" ]; then
    dotnet publish src/GroqKit.Gateway --configuration Release --nologo --verbosity quiet --use-current-runtime \
        --self-contained false --output "$work/published" -p:PublishReadyToRun=true >&2
    gateway_exe=$work/published/GroqKit.Gateway
fi

chat='{"model":"openai/gpt-oss-120b","messages":[{"role":"user","content":"What is the capital of Norway?"}],"user":"PLAN"}'
whole() { echo "${chat/PLAN/$1}"; }
stream() { echo "${chat/PLAN\"\}/$1\",\"stream\":true\}}"; }

port[bare]=$(free_port)
start bare "$tool" passthrough --port "${port[bare]}" --to "$upstream"

# Milliseconds from the start of the process to the end of the first answered call.
first_answer() {
    local begun answered
    port[gateway]=$(free_port)
    begun=$(date +%s%N)
    (cd "$work" && exec env "${settings[@]}" "$gateway_exe" --urls "http://127.0.0.1:${port[gateway]}") >"$work/gateway.log" 2>&1 </dev/null &
    pid[gateway]=$!
    for ((i = 0; i < 1000; i++)); do
        if curl -sf -o /dev/null -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
            --data "$(whole -)" "http://127.0.0.1:${port[gateway]}/v1/chat/completions"; then
            answered=$(date +%s%N)
            echo "START $(((answered - begun) / 1000000))" >"$work/start.log"
            return 0
        fi
        sleep 0.01
    done
    fail "the gateway answers nothing:" "$work/gateway.log"
}
stop_gateway() {
    kill "${pid[gateway]}"
    wait "${pid[gateway]}" || true
    unset 'pid[gateway]'
}

echo "$(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(date -u +%F)" >&2
first_answer
gateway=http://127.0.0.1:${port[gateway]}
bare=http://127.0.0.1:${port[bare]}
to() { "$tool" "$1" --to "$2" --key "$key" "${@:3}"; }

for name in "${names[@]}"; do
    case $name in
        start)
            stop_gateway
            for ((round = 0; round < 5; round++)); do
                first_answer
                cat "$work/start.log"
                stop_gateway
            done
            first_answer
            gateway=http://127.0.0.1:${port[gateway]}
            ;;
        single)
            for ((round = 0; round < 3; round++)); do
                for target in upstream bare gateway; do
                    echo "$target whole $(to single "${!target}" --body "$(whole delay=20)")"
                    echo "$target stream $(to single "${!target}" --body "$(stream 'delay=20 chunks=3 interval=0')")"
                done
            done
            ;;
        held)
            # Long enough to be opened and then watched for a minute.
            to held "$gateway" --body "$(stream 'chunks=90 interval=1000')" --streams "$streams" --pid "${pid[gateway]}"
            ;;
        upload) to upload "$gateway" --megabytes "$megabytes" --pid "${pid[gateway]}" ;;
        long)
            to long "$gateway" --body "$(stream "chunks=$((minutes * 600)) interval=100")" --pid "${pid[gateway]}"
            ;;
        leave)
            echo "whole, before the headers: $(to leave "$gateway" --upstream "$upstream" --body "$(whole delay=60000)")"
            echo "stream, before the headers: $(to leave "$gateway" --upstream "$upstream" --body "$(stream delay=60000)")"
            echo "stream, before the first bytes: $(to leave "$gateway" --upstream "$upstream" --body "$(stream hush=60000)")"
            echo "stream, in the middle: $(to leave "$gateway" --upstream "$upstream" --body "$(stream 'chunks=6000 interval=10')")"
            ;;
    esac
done
