#!/usr/bin/env bash
# Load on the gateway and on what it is measured against, in one run; see README.md for how to read it.
#   bench/gateway.sh [options]
#     --seconds N      length of each measurement, default 5
#     --rounds N       rounds; in each every target is measured once, default 5
#     --connections N  open connections, default 16
#     --only A,B       of direct, bare, nginx, gateway, portkey; default all but the last, which needs npm and half a minute to install
#     --streams        measure streams of 100 chunks too: streams/s, and how long a chunk is on its way
#     --database NAME  the gateway's: sqlite (default) or postgres
#     --unlimited      the caller's key has no limits
#     --gateway EXE    measure this build of the gateway instead of building the one here
# Needs wrk, and nginx for its target; installs them on Debian when run as root.
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/processes.sh

seconds=5 rounds=5 connections=16 only=direct,bare,nginx,gateway streams=0 gateway_exe= database=sqlite limited=1
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=${2:?--seconds needs a number}; shift ;;
        --rounds) rounds=${2:?--rounds needs a number}; shift ;;
        --connections) connections=${2:?--connections needs a number}; shift ;;
        --only) only=${2:?--only needs names}; shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
        --database) database=${2:?--database needs a name}; shift ;;
        --unlimited) limited=0 ;;
        --streams) streams=1 ;;
        *) fail "unknown option $1 (see the head of the file)" ;;
    esac
    shift
done
IFS=, read -ra targets <<<"$only"
for target in "${targets[@]}"; do
    case $target in
        direct | bare | nginx | gateway | portkey) ;;
        *) fail "--only knows direct, bare, nginx, gateway and portkey, not $target" ;;
    esac
done
[[ $database = sqlite || $database = postgres ]] || fail "--database knows sqlite and postgres, not $database"
wants() { [[ ,$only, == *,$1,* ]]; }

packages=(wrk:wrk)
if wants nginx; then packages+=(nginx-light:nginx); fi
install "${packages[@]}" curl:curl

start_upstream
if wants gateway; then place_gateway; fi

message='What is the capital of Norway? Answer in one sentence and add one fact about it that a traveller would like to know.'
chat='{"model":"openai/gpt-oss-120b","messages":[{"role":"system","content":"You are a helpful assistant who answers briefly."},{"role":"user","content":"'$message'"}],"temperature":0.5,"max_completion_tokens":256}'
stream=${chat%\}}',"stream":true,"user":"chunks=100 interval=0"}'
paced=${chat%\}}',"stream":true,"user":"chunks=100 interval=10"}'

port[direct]=${port[upstream]}
if wants bare; then
    port[bare]=$(free_port)
    start bare "$tool" passthrough --port "${port[bare]}" --to "$upstream"
fi
if wants nginx; then
    port[nginx]=$(free_port)
    sed -e "s|@WORK@|$work|g" -e "s|@PORT@|${port[nginx]}|g" -e "s|@UPSTREAM@|127.0.0.1:${port[upstream]}|g" \
        bench/nginx.conf >"$work/nginx.conf"
    # As root nginx would hand its workers to another user, who may not read the folder.
    [ "$(id -u)" -ne 0 ] || echo "user root;" >>"$work/nginx.conf"
    start nginx nginx -p "$work" -c "$work/nginx.conf" -e "$work/nginx-error.log"
fi
if wants gateway; then
    if [ "$database" = postgres ]; then
        start_postgres
        settings+=("GROQKIT_DATABASE=$postgres")
    fi
    start gateway env "${settings[@]}" "$gateway_exe" --urls "$gateway"
    if [ $limited -eq 1 ]; then key=$(limited_key "$gateway" "$key"); fi
fi

if wants portkey; then
    command -v npm >/dev/null || fail "please install npm"
    mkdir "$work/portkey"
    # With newer versions of these two every stream fails.
    cat >"$work/portkey/package.json" <<'JSON'
{"private": true, "dependencies": {"@portkey-ai/gateway": "1.15.2"}, "overrides": {"hono": "4.9.7", "@hono/node-server": "1.13.5"}}
JSON
    (cd "$work/portkey" && npm install --no-audit --no-fund --silent >"$work/npm.log" 2>&1) || fail "npm failed:" "$work/npm.log"
    port[portkey]=$(free_port)
    start portkey env NODE_ENV=production node portkey/node_modules/@portkey-ai/gateway/build/start-server.js \
        --headless "--port=${port[portkey]}"
fi

# attend PID: waits for a load generator, which dies with this script.
attend() {
    local code=0
    pid[load]=$1
    wait "$1" || code=$?
    unset 'pid[load]'
    return $code
}

allocated() { metric "$gateway" dotnet_gc_heap_total_allocated_bytes_total; }

# load TARGET SECONDS BODY: sets requests, elapsed, p50, p99, own, up (CPU in µs of the target and of the upstream), memory (bytes
# allocated by the gateway) and rss (kilobytes that the target holds at the end).
load() {
    local target=$1 before_own=0 before_up before_memory=0 failures
    [ "$target" = direct ] || before_own=$(cpu "${pid[$target]}")
    [ "$target" != gateway ] || before_memory=$(allocated)
    before_up=$(cpu "${pid[upstream]}")
    local path=/openai/v1/chat/completions peer=()
    if [ "$target" = portkey ]; then path=/v1/chat/completions peer=("BENCH_PEER=$upstream/openai/v1"); fi
    env "${peer[@]}" "BENCH_BODY=$3" "BENCH_KEY=$key" wrk --threads 1 --connections "$connections" --duration "$2s" --timeout 10s \
        --script bench/wrk/chat.lua "http://127.0.0.1:${port[$target]}$path" >"$work/wrk.log" 2>&1 &
    attend $! || true
    read -r _ requests elapsed p50 p99 failures < <(grep ^RESULT "$work/wrk.log" || echo "RESULT 0 1 0 0 0")
    up=$(($(cpu "${pid[upstream]}") - before_up))
    own=0 memory=0 rss=0
    if [ "$target" != direct ]; then
        own=$(($(cpu "${pid[$target]}") - before_own))
        rss=$(resident "${pid[$target]}")
    fi
    [ "$target" != gateway ] || memory=$(($(allocated) - before_memory))
    if [ "$requests" -eq 0 ] || [ "$failures" -ne 0 ]; then
        fail "$target failed $failures of $requests requests:" "$work/wrk.log" "$work/$target.log"
    fi
}

# measure BODY FILE: every target in turn, a round after the other, so that a noisy moment hits all alike.
measure() {
    local body=$1 file=$2 target round
    : >"$file"
    for target in "${targets[@]}"; do
        # Long enough for the run-time compiler to have seen the hot path and replaced it.
        load "$target" 10 "$body"
    done
    for ((round = 1; round <= rounds; round++)); do
        for target in "${targets[@]}"; do
            load "$target" "$seconds" "$body"
            echo "$round $target $requests $elapsed $p50 $p99 $own $up $memory $rss" >>"$file"
            printf '.' >&2
        done
    done
    printf '\n' >&2
}

echo "$(nproc) cores, $connections connections, $rounds rounds of $seconds s, $database; medians of the rounds" >&2
echo
measure "$chat" "$work/chat.tsv"
awk -v unit="requests/s" -f bench/median.awk -f bench/table.awk "$work/chat.tsv"

if [ $streams -eq 1 ]; then
    echo
    measure "$stream" "$work/streams.tsv"
    awk -v unit="streams/s" -f bench/median.awk -f bench/table.awk "$work/streams.tsv"
    echo
    for ((round = 1; round <= rounds; round++)); do
        for target in "${targets[@]}"; do
            [ "$target" != portkey ] || continue
            "$tool" streams --to "http://127.0.0.1:${port[$target]}" --key "$key" --body "$paced" --rounds 2 \
                >"$work/chunks.log" 2>&1 &
            attend $! || { cat "$work/chunks.log" >&2; exit 1; }
            echo "$round $target $(grep ^CHUNKS "$work/chunks.log")" >>"$work/chunks.tsv"
            printf '.' >&2
        done
    done
    printf '\n' >&2
    awk -f bench/median.awk -f bench/chunks.awk "$work/chunks.tsv"
fi
