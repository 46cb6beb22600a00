# Lines of "round target requests microseconds p50 p99 own upstream allocated resident" (times in microseconds, bytes, kilobytes) to a
# table of medians, and the ratios to the bare pass-through, taken round by round.
function over_rounds(table, target,    r, list) {
    for (r = 1; r <= rounds; r++)
        list[r] = table[r, target]
    return median(list, rounds)
}

function ratio(table, target,    r, list) {
    for (r = 1; r <= rounds; r++)
        list[r] = table[r, target] / table[r, "bare"]
    return sprintf("%6.2f (%.2f to %.2f)", median(list, rounds), low, high)
}

{
    if (!($2 in seen)) { seen[$2] = 1; order[++targets] = $2 }
    rounds = $1
    rate[$1, $2] = $3 / ($4 / 1e6)
    p50[$1, $2] = $5 / 1000
    p99[$1, $2] = $6 / 1000
    own[$1, $2] = $7 / $3
    up[$1, $2] = $8 / $3
    allocated[$1, $2] = $9 / $3
    resident[$1, $2] = $10 / 1024
}

END {
    printf "%-9s %12s %10s %10s %14s %18s %14s %12s\n", "target", unit, "p50 ms", "p99 ms", "own CPU us", "upstream CPU us",
        "allocated B", "resident MB"
    for (i = 1; i <= targets; i++) {
        t = order[i]
        printf "%-9s %12.0f %10.2f %10.2f %14s %18.1f %14s %12s\n", t, over_rounds(rate, t), over_rounds(p50, t), over_rounds(p99, t),
            t == "direct" ? "-" : sprintf("%.1f", over_rounds(own, t)), over_rounds(up, t),
            t == "gateway" ? sprintf("%.0f", over_rounds(allocated, t)) : "-",
            t == "direct" ? "-" : sprintf("%.0f", over_rounds(resident, t))
    }
    if (!("bare" in seen))
        exit
    for (i = 1; i <= targets; i++) {
        t = order[i]
        if (t != "bare" && t != "direct")
            printf "%-9s / bare: %s of the %s, %s of the CPU\n", t, ratio(rate, t), unit, ratio(own, t)
    }
}
