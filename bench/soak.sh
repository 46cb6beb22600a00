#!/usr/bin/env bash
# Steady load on the gateway, half of it streams, and the memory that it holds meanwhile; see README.md.
#   bench/soak.sh [options]
#     --minutes N      default 10
#     --callers N      each calls, waits 20 ms and calls again; default 32
#     --database NAME  sqlite (default) or postgres
#     --gateway EXE    use this build of the gateway instead of building the one here
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/processes.sh

minutes=10 callers=32 database=sqlite gateway_exe=
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=${2:?--minutes needs a number}; shift ;;
        --callers) callers=${2:?--callers needs a number}; shift ;;
        --database) database=${2:?--database needs a name}; shift ;;
        --gateway) gateway_exe=$(realpath "${2:?--gateway needs a path}"); shift ;;
        *) fail "unknown option $1 (see the head of the file)" ;;
    esac
    shift
done
[[ $database = sqlite || $database = postgres ]] || fail "--database knows sqlite and postgres, not $database"

start_upstream
place_gateway
if [ "$database" = postgres ]; then
    start_postgres
    settings+=("GROQKIT_DATABASE=$postgres")
fi
start gateway env "${settings[@]}" "$gateway_exe" --urls "$gateway"
caller=$(limited_key "$gateway" "$key")

"$tool" answered --to "$gateway" --key "$caller" --file "$work/answered" --seconds $((minutes * 60)) \
    --callers "$callers" --pause 20 >"$work/calls.log" 2>&1 &
pid[calls]=$!
printf '%8s %12s\n' minute 'resident MB'
for ((step = 1; step <= minutes * 6; step++)); do
    sleep 10
    kill -0 "${pid[calls]}" 2>/dev/null || [ "$step" -ge $((minutes * 6 - 1)) ] || fail "the callers ended" "$work/calls.log"
    echo "$step $(resident "${pid[gateway]}")" >>"$work/soak.tsv"
    if ((step % 6 == 0)); then printf '%8d %12.1f\n' $((step / 6)) "$(awk 'END { print $2 / 1024 }' "$work/soak.tsv")"; fi
done
wait "${pid[calls]}" || fail "the callers failed" "$work/calls.log"
unset 'pid[calls]'
read -r _ answers failures _ _ < <(grep ^CALLS "$work/calls.log")
[ "$failures" -eq 0 ] || fail "$failures calls failed" "$work/calls.log" "$work/gateway.log"
# The slope of a straight line through the second half: the first one fills pools and compiles.
awk -v answers="$answers" -v minutes="$minutes" '
    { memory[NR] = $2 / 1024; if (memory[NR] > most) most = memory[NR] }
    END {
        for (i = int(NR / 2) + 1; i <= NR; i++) { n++; x = i / 6; sx += x; sy += memory[i]; sxx += x * x; sxy += x * memory[i] }
        printf "%d calls in %d minutes: at most %.1f MB, slope of the second half %+.2f MB a minute\n", answers, minutes, most,
            (n * sxy - sx * sy) / (n * sxx - sx * sx)
    }' "$work/soak.tsv"
