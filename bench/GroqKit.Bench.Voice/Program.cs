using GroqKit.Bench.Voice;

await Turns.RunAsync(200, 20);
Console.WriteLine(
    $"A turn of speech, its providers known: {Delays.Hearing.TotalMilliseconds} ms to hear, {Delays.Answering.TotalMilliseconds} to answer, {Delays.Speaking.TotalMilliseconds} to speak; {Environment.ProcessorCount} cores"
);
Console.WriteLine($"{"", -20}{"turns", 8}{"own p50", 12}{"own p95", 12}{"own p99", 12}{"longest gap", 14}");
Print("one at a time", await Turns.RunAsync(20, 1));
Print("20 at once", await Turns.RunAsync(200, 20));
Print("200 at once", await Turns.RunAsync(600, 200));

static void Print(string name, IReadOnlyList<TurnCost> costs)
{
    double[] own = [.. costs.Select(cost => cost.Own.TotalMilliseconds).Order()];
    Console.WriteLine(
        $"{name, -20}{own.Length, 8}{own[own.Length / 2], 9:0.0} ms{own[own.Length * 95 / 100], 9:0.0} ms{own[own.Length * 99 / 100], 9:0.0} ms{costs.Max(cost => cost.Gap.TotalMilliseconds), 11:0.0} ms"
    );
}
