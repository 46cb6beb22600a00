# Lines of "round target CHUNKS count delay50 delay99 shift50 shift99" (microseconds) to a table of medians over the rounds.
function over_rounds(table, target,    r, list) {
    for (r = 1; r <= rounds; r++)
        list[r] = table[r, target]
    return median(list, rounds) / 1000
}

{
    if (!($2 in seen)) { seen[$2] = 1; order[++targets] = $2 }
    rounds = $1
    delay50[$1, $2] = $5
    delay99[$1, $2] = $6
    shift50[$1, $2] = $7
    shift99[$1, $2] = $8
}

END {
    print "8 streams at a time, chunks 10 ms apart: how long a chunk is on its way, and by how much the time to the one before changes"
    printf "%-9s %14s %14s %14s %14s\n", "target", "way p50 ms", "way p99 ms", "change p50 ms", "change p99 ms"
    for (i = 1; i <= targets; i++) {
        t = order[i]
        printf "%-9s %14.2f %14.2f %14.2f %14.2f\n", t, over_rounds(delay50, t), over_rounds(delay99, t),
            over_rounds(shift50, t), over_rounds(shift99, t)
    }
}
