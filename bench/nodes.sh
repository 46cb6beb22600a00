#!/usr/bin/env bash
# Three gateways over one PostgreSQL and one Redis behind nginx; see README.md for how to read it.
#   bench/nodes.sh [options]
#     --seconds N    length of the run against a limit of 100 calls a minute, default 600; one node is killed half-way
#     --without-redis  limits are shared through PostgreSQL
#     --freeze N     seconds of each measurement with a store frozen, default 15; 0 leaves them out
#     --gateway EXE  measure this build of the gateway instead of building the one here
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=600 freeze=15 redis=1 gateway_exe=
while [ $# -gt 0 ]; do
    case $1 in
        --seconds) seconds=${2:?--seconds needs a number}; shift ;;
        --freeze) freeze=${2:?--freeze needs a number}; shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
        --without-redis) redis=0 ;;
        *) echo "bench/nodes.sh: unknown option $1 (see the head of the file)" >&2; exit 2 ;;
    esac
    shift
done
. bench/processes.sh
install nginx-light:nginx redis-server:redis-server curl:curl

start_upstream
build_gateway

start_postgres
shared=(GROQKIT_DATABASE="$postgres")
if [ $redis -eq 1 ]; then
    port[redis]=$(free_port)
    start redis redis-server --port "${port[redis]}" --bind 127.0.0.1 --save "" --appendonly no
    shared+=(GROQKIT_REDIS="127.0.0.1:${port[redis]}")
fi
admin=$key

servers=
for node in node1 node2 node3; do
    port[$node]=$(free_port)
    start "$node" env "${settings[@]}" GroqKit__DataDirectory="$work/$node-data" "${shared[@]}" "$gateway_exe" --urls "http://127.0.0.1:${port[$node]}"
    servers+="server 127.0.0.1:${port[$node]}; "
done
port[nginx]=$(free_port)
sed -e "s|@WORK@|$work|g" -e "s|@PORT@|${port[nginx]}|g" -e "s|server @UPSTREAM@;|$servers|g" bench/nginx.conf >"$work/nginx.conf"
[ "$(id -u)" -ne 0 ] || echo "user root;" >>"$work/nginx.conf"
start nginx nginx -p "$work" -c "$work/nginx.conf" -e "$work/nginx-error.log"

front=http://127.0.0.1:${port[nginx]}
body='{"model":"openai/gpt-oss-120b","messages":[{"role":"user","content":"What is the capital of Norway?"}],"max_completion_tokens":64}'

# new_key LIMITS: sets key and key_id, and waits until the last node knows them.
new_key() {
    local made
    made=$(curl -sS "http://127.0.0.1:${port[node1]}/api/keys" -H "Authorization: Bearer $admin" \
        -H "Content-Type: application/json" -d "{\"name\":\"k$RANDOM$RANDOM\",\"role\":\"caller\",\"limits\":$1}")
    key=$(grep -oE '"key": *"[^"]+"' <<<"$made" | cut -d'"' -f4)
    key_id=$(grep -oE '"id": *"[^"]+"' <<<"$made" | head -n 1 | cut -d'"' -f4)
    [ -n "$key" ] || fail "no key was made: $made"
    for node in node2 node3; do
        until [ "$(status "$node" "$key")" = 200 ]; do sleep 0.05; done
    done
}

status() {
    curl -sS -o /dev/null -w '%{http_code}' "http://127.0.0.1:${port[$1]}/v1/models" -H "Authorization: Bearer $2"
}

# calls RATE SECONDS LABEL: a line of the table.
calls() {
    "$tool" calls --to "$front" --key "$key" --body "$body" --rate "$1" --seconds "$2" >"$work/calls.log" 2>&1 &
    pid[load]=$!
    wait "${pid[load]}" || fail "the load failed" "$work/calls.log"
    unset 'pid[load]'
    awk -v label="$3" '/^CALLS/ { printf "| %s | %d | %d | %d | %d | %d | %d | %s | %s | %s |\n", label, $2, $3, $4, $5, $6, $7, $8, $9, $10 }' \
        "$work/calls.log"
}

new_key '{}'
calls 100 5 warm-up >/dev/null
began=$(date +%s%N)
curl -sS -X DELETE "http://127.0.0.1:${port[node1]}/api/keys/$key_id" -H "Authorization: Bearer $admin" -o /dev/null
for node in node1 node2 node3; do
    until [ "$(status "$node" "$key")" = 401 ]; do sleep 0.01; done
done
echo "A revoked key was refused on all three nodes after $((($(date +%s%N) - began) / 1000000)) ms."
echo
echo "| | calls | 200 | 429 | 503 | other | most 200 in any 60 s | p50 ms | p99 ms | longest ms |"
echo "|---|---|---|---|---|---|---|---|---|---|"

if [ "$freeze" -gt 0 ]; then
    new_key '{"requests":{"minute":1000000},"cost":{"month":100000}}'
    calls 200 "$freeze" "all well, requests and cost limited"
    if [ $redis -eq 1 ]; then
        kill -STOP "${pid[redis]}"
        calls 200 "$freeze" "Redis frozen, requests and cost limited"
        kill -CONT "${pid[redis]}"
        sleep 5
        new_key '{"requests":{"minute":1000000}}'
        calls 200 5 warm-up >/dev/null
        kill -STOP "${pid[redis]}"
        calls 200 "$freeze" "Redis frozen, requests limited"
        kill -CONT "${pid[redis]}"
        sleep 5
        new_key '{"requests":{"minute":1000000},"cost":{"month":100000}}'
        calls 200 5 warm-up >/dev/null
    fi
    # shellcheck disable=SC2046 # a list of ids
    kill -STOP "${pid[postgres]}" $(cat /proc/"${pid[postgres]}"/task/*/children) 2>/dev/null || true
    calls 200 "$freeze" "PostgreSQL frozen, requests and cost limited"
    # shellcheck disable=SC2046 # a list of ids
    kill -CONT $(cat /proc/"${pid[postgres]}"/task/*/children) "${pid[postgres]}" 2>/dev/null || true
    sleep 5
fi

if [ "$seconds" -gt 0 ]; then
    new_key '{"requests":{"minute":100}}'
    (sleep $((seconds / 2)) && kill -KILL "${pid[node3]}") &
    pid[killer]=$!
    calls 5 "$seconds" "100 a minute, a node killed half-way"
fi
