#!/usr/bin/env bash
# Load on the gateway and on what it is measured against, in one run; see README.md for how to read it.
#   bench/gateway.sh [options]
#     --seconds N      length of each measurement, default 5
#     --rounds N       rounds; in each every target is measured once, default 5
#     --connections N  open connections, default 16
#     --only A,B       of direct, bare, nginx, gateway; default all
#     --streams        measure streams of 100 chunks too: streams/s, and how long a chunk is on its way
#     --gateway EXE    measure this build of the gateway instead of building the one here
# Needs wrk, and nginx for its target; installs them on Debian when run as root.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=5 rounds=5 connections=16 only=direct,bare,nginx,gateway streams=0 gateway_exe=
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=${2:?--seconds needs a number}; shift ;;
        --rounds) rounds=${2:?--rounds needs a number}; shift ;;
        --connections) connections=${2:?--connections needs a number}; shift ;;
        --only) only=${2:?--only needs names}; shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
        --streams) streams=1 ;;
        *) echo "bench/gateway.sh: unknown option $1 (see the head of the file)" >&2; exit 2 ;;
    esac
    shift
done
IFS=, read -ra targets <<<"$only"
for target in "${targets[@]}"; do
    case $target in
        direct | bare | nginx | gateway) ;;
        *) echo "bench/gateway.sh: --only knows direct, bare, nginx and gateway, not $target" >&2; exit 2 ;;
    esac
done
wants() { [[ ,$only, == *,$1,* ]]; }
export PATH=$PATH:/usr/sbin DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

missing=()
command -v wrk >/dev/null || missing+=(wrk)
if wants nginx && ! command -v nginx >/dev/null; then missing+=(nginx-light); fi
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "bench/gateway.sh: please install ${missing[*]}" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

tool=$PWD/artifacts/bin/GroqKit.Bench.Gateway/release/GroqKit.Bench.Gateway
build() { dotnet build "$1" --configuration Release --nologo --verbosity quiet >&2; }
build bench/GroqKit.Bench.Gateway
if wants gateway && [ -z "$gateway_exe" ]; then
    build src/GroqKit.Gateway
    gateway_exe=$PWD/artifacts/bin/GroqKit.Gateway/release/GroqKit.Gateway
fi

work=$(mktemp -d)
declare -A pid port
cleanup() {
    trap - EXIT INT TERM
    [ ${#pid[@]} -eq 0 ] || kill "${pid[@]}" 2>/dev/null || true
    for ((i = 0; i < 50; i++)); do
        [ ${#pid[@]} -gt 0 ] && kill -0 "${pid[@]}" 2>/dev/null || break
        sleep 0.1
    done
    [ ${#pid[@]} -eq 0 ] || kill -KILL "${pid[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local candidate
    while :; do
        # Below the range that outgoing connections take theirs from.
        candidate=$((20000 + RANDOM % 12000))
        listens "$candidate" || break
    done
    echo "$candidate"
}

# start NAME COMMAND...: runs it with its own log, and waits until its port is open.
start() {
    local name=$1
    shift
    (cd "$work" && exec "$@") >"$work/$name.log" 2>&1 </dev/null &
    pid[$name]=$!
    for ((i = 0; i < 300; i++)); do
        listens "${port[$name]}" && return 0
        kill -0 "${pid[$name]}" 2>/dev/null || break
        sleep 0.1
    done
    echo "bench/gateway.sh: $name did not start:" >&2
    tail -n 20 "$work/$name.log" >&2
    exit 1
}

key=gk-bench-0123456789abcdef0123456789abcdef
message='What is the capital of Norway? Answer in one sentence and add one fact about it that a traveller would like to know.'
chat='{"model":"openai/gpt-oss-120b","messages":[{"role":"system","content":"You are a helpful assistant who answers briefly."},{"role":"user","content":"'$message'"}],"temperature":0.5,"max_completion_tokens":256}'
stream=${chat%\}}',"stream":true,"user":"chunks=100 interval=0"}'
paced=${chat%\}}',"stream":true,"user":"chunks=100 interval=10"}'

port[upstream]=$(free_port)
upstream=http://127.0.0.1:${port[upstream]}
start upstream "$tool" upstream --port "${port[upstream]}"
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
    port[gateway]=$(free_port)
    start gateway env GROQ_API_KEY=gsk_bench GROQ_BASE_URL="$upstream" GROQKIT_ADMIN_KEY="$key" \
        ASPNETCORE_ENVIRONMENT=Production DOTNET_ENVIRONMENT=Production \
        "$gateway_exe" --urls "http://127.0.0.1:${port[gateway]}"
fi

# attend PID: waits for a load generator, which dies with this script.
attend() {
    local code=0
    pid[load]=$1
    wait "$1" || code=$?
    unset 'pid[load]'
    return $code
}

# Microseconds of CPU of a process and its children so far; the kernel counts in hundredths of a second.
tick=$((1000000 / $(getconf CLK_TCK)))
cpu() {
    local stat fields total=0 child
    stat=$(<"/proc/$1/stat")
    read -ra fields <<<"${stat##*) }"
    total=$(((fields[11] + fields[12] + fields[13] + fields[14]) * tick))
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        total=$((total + $(cpu "$child")))
    done
    echo "$total"
}

# load TARGET SECONDS BODY: sets requests, elapsed, p50, p99, own, up (CPU in µs of the target and of the upstream).
load() {
    local target=$1 before_own=0 before_up failures
    [ "$target" = direct ] || before_own=$(cpu "${pid[$target]}")
    before_up=$(cpu "${pid[upstream]}")
    BENCH_BODY=$3 BENCH_KEY=$key wrk --threads 1 --connections "$connections" --duration "$2s" --timeout 10s \
        --script bench/wrk/chat.lua "http://127.0.0.1:${port[$target]}/openai/v1/chat/completions" >"$work/wrk.log" 2>&1 &
    attend $! || true
    read -r _ requests elapsed p50 p99 failures < <(grep ^RESULT "$work/wrk.log" || echo "RESULT 0 1 0 0 0")
    up=$(($(cpu "${pid[upstream]}") - before_up))
    own=0
    [ "$target" = direct ] || own=$(($(cpu "${pid[$target]}") - before_own))
    if [ "$requests" -eq 0 ] || [ "$failures" -ne 0 ]; then
        echo "bench/gateway.sh: $target failed $failures of $requests requests:" >&2
        tail -n 20 "$work/wrk.log" "$work/$target.log" >&2 2>/dev/null || true
        exit 1
    fi
}

# measure BODY FILE: every target in turn, a round after the other, so that a noisy moment hits all alike.
measure() {
    local body=$1 file=$2 target round
    : >"$file"
    for target in "${targets[@]}"; do
        # Long enough for the run-time compiler to have seen the hot path and replaced it.
        load "$target" 5 "$body"
    done
    for ((round = 1; round <= rounds; round++)); do
        for target in "${targets[@]}"; do
            load "$target" "$seconds" "$body"
            echo "$round $target $requests $elapsed $p50 $p99 $own $up" >>"$file"
            printf '.' >&2
        done
    done
    printf '\n' >&2
}

echo "$(nproc) cores, $connections connections, $rounds rounds of $seconds s; medians of the rounds" >&2
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
