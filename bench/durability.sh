#!/usr/bin/env bash
# Kills the gateway, stops its database and freezes its servers under load, and compares what callers had with what was recorded; see
# README.md.
#   bench/durability.sh [options] [PART...]
#     kill          kill -9 at random moments, then all accounts: parts default to all of these
#     outage        PostgreSQL stopped for a while
#     freeze        PostgreSQL, and then Redis, stopped where it stands (SIGSTOP) for a while
#     --kills N     default 50
#     --seconds N   how long an outage or freeze takes, default 60 and 20
#     --gateway EXE use this build of the gateway instead of building the one here
# Needs PostgreSQL and redis-server for the last two.
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/processes.sh

kills=50 seconds= gateway_exe= parts=()
while [ $# -gt 0 ]; do
    case $1 in
        --kills) kills=${2:?--kills needs a number}; shift ;;
        --seconds) seconds=${2:?--seconds needs a number}; shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
        kill | outage | freeze) parts+=("$1") ;;
        *) fail "unknown option $1 (see the head of the file)" ;;
    esac
    shift
done
[ ${#parts[@]} -gt 0 ] || parts=(kill outage freeze)

start_upstream
place_gateway

# begin NAME SETTING...: a gateway with a data folder of its own.
begin() {
    folder=$work/$1 answered=$work/$1.answered failed=0
    shift
    mkdir -p "$folder"
    : >"$answered"
    start gateway env "${settings[@]}" "GroqKit__DataDirectory=$folder" "$@" "$gateway_exe" --urls "$gateway"
}

# end: compares the accounts, and stops the gateway.
end() {
    "$tool" compare --to "$gateway" --key "$key" --file "$answered" --failed "$failed" ||
        fail "accounts don't agree" "$work/gateway.log"
    kill "${pid[gateway]}"
    wait "${pid[gateway]}" || true
    unset 'pid[gateway]'
}

# call SECONDS [OPTION...]: load in the background.
call() {
    "$tool" answered --to "$gateway" --key "$caller" --file "$answered" --seconds "$@" >"$work/calls.log" 2>"$work/calls.err" &
    pid[calls]=$!
}

# called: waits for the load; sets answers, cut, p50 and p99.
called() {
    wait "${pid[calls]}" || fail "the callers failed" "$work/calls.err"
    unset 'pid[calls]'
    read -r _ answers cut p50 p99 <"$work/calls.log"
    failed=$((failed + cut))
}

# intact WHAT: no call may have failed.
intact() { [ "$cut" -eq 0 ] || fail "$1: $cut calls failed" "$work/calls.err" "$work/gateway.log"; }

kill_it() {
    begin kill
    caller=$key
    local round
    for ((round = 1; round <= kills; round++)); do
        call 30 --pause 5
        sleep "0.$((RANDOM % 900 + 100))"
        sleep "$((RANDOM % 2))"
        kill -KILL "${pid[gateway]}"
        wait "${pid[gateway]}" 2>/dev/null || true
        called
        start gateway env "${settings[@]}" "GroqKit__DataDirectory=$folder" "$gateway_exe" --urls "$gateway"
        printf '.' >&2
    done
    printf '\n' >&2
    echo -n "killed $kills times: "
    end
}

# database NAME: makes one and sets $postgres to it; the server is started when it isn't there.
database() {
    [ -n "${pid[postgres]:-}" ] || start_postgres
    "$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)/createdb" -h 127.0.0.1 -p "${port[postgres]}" -U groqkit "$1"
    postgres="Host=127.0.0.1;Port=${port[postgres]};Username=groqkit;Database=$1"
}

start_redis() {
    [ -z "${pid[redis]:-}" ] || return 0
    port[redis]=$(free_port)
    start redis redis-server --port "${port[redis]}" --bind 127.0.0.1 --save '' --appendonly no
    redis=GROQKIT_REDIS=redis://127.0.0.1:${port[redis]}
}

# without_database WHAT LENGTH: the database is stopped under load and comes back.
without_database() {
    call $(($2 + 10)) --pause 20
    sleep 5
    # A fast shutdown: connections are cut.
    kill -INT "${pid[postgres]}"
    wait "${pid[postgres]}" || true
    sleep "$2"
    start_postgres
    called
    intact "without a database"
    echo -n "database stopped for $2 s, $1: $answers calls, none failed, p99 $p99 ms; "
    end
}

outage() {
    local length=${seconds:-60}
    database outage
    start_redis
    begin outage "GROQKIT_DATABASE=$postgres" "$redis"
    caller=$(limited_key "$gateway" "$key")
    without_database "limits in Redis" "$length"
    # Where limits are shared through the database too, a limit on cost refuses calls without it.
    database alone
    begin alone "GROQKIT_DATABASE=$postgres"
    caller=$(limited_key "$gateway" "$key" free)
    without_database "limits in it too, none on cost" "$length"
}

# signal SIGNAL NAME: to a process and its children; a server's connections may be processes of their own.
signal() { kill -"$1" "${pid[$2]}" $(cat /proc/"${pid[$2]}"/task/*/children); }

# frozen NAME LENGTH: what 99 of 100 calls take while a server stands still, beside what they took before.
frozen() {
    local before
    call "$2" --pause 20
    called
    intact "before the freeze"
    before=$p99
    signal STOP "$1"
    call "$2" --pause 20
    called
    signal CONT "$1"
    intact "$1 frozen"
    echo "$1 frozen for $2 s: $answers calls, none failed, p99 $p99 ms; before it $before ms"
    awk -v now="$p99" -v before="$before" 'BEGIN { exit now - before < 60 ? 0 : 1 }' || fail "more than 60 ms were added"
}

freeze() {
    local length=${seconds:-20}
    database freeze
    start_redis
    begin freeze "GROQKIT_DATABASE=$postgres" "$redis"
    # A limit on cost refuses calls while Redis stands still.
    caller=$(limited_key "$gateway" "$key" free)
    call 10
    called
    frozen postgres "$length"
    frozen redis "$length"
    end
}

for part in "${parts[@]}"; do
    case $part in
        kill) kill_it ;;
        *) "$part" ;;
    esac
done
