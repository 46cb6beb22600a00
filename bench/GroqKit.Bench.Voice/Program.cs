using GroqKit.Bench.Voice;
using GroqKit.Bench.Voice.Gateway;

if (args is not ([] or ["--to", _, "--key", _, "--providers", _]))
{
    await Console.Error.WriteLineAsync(
        "usage: GroqKit.Bench.Voice [--to http://127.0.0.1:PORT --key KEY --providers PORT]"
    );
    return 2;
}
Console.WriteLine(
    $"A turn of speech, its providers known: {Delays.Hearing.TotalMilliseconds} ms to hear, {Delays.Answering.TotalMilliseconds} to answer, {Delays.Speaking.TotalMilliseconds} to speak; {Environment.ProcessorCount} cores"
);
Console.WriteLine($"{"", -32}{"turns", 6}{"own p50", 12}{"own p95", 12}{"own p99", 12}{"longest gap", 14}");
if (args is [_, var gateway, _, var key, _, var port])
{
    await using KnownProviders providers = await KnownProviders.StartAsync(int.Parse(port));
    using var calls = new SpokenCalls(new Uri(gateway), key, providers);
    await calls.PrepareAsync();
    using var plain = new PlainCalls(new Uri($"http://127.0.0.1:{port}"), providers);
    // Long enough for the run-time compiler to have seen all of it.
    await calls.RunAsync(100, 2, TimeSpan.FromSeconds(10));
    await plain.RunAsync(100, 2, TimeSpan.FromSeconds(5));
    foreach ((string way, ITalk talk) in new (string, ITalk)[] { ("providers alone", plain), ("gateway", calls) })
    {
        Print(way + ", one at a time", await talk.RunAsync(1, 5, TimeSpan.Zero));
        Print(way + ", 200 under way", await talk.RunAsync(200, 4, TimeSpan.FromSeconds(12)));
        Print(way + ", 200 in one instant", await talk.RunAsync(200, 1, TimeSpan.Zero));
    }
}
else
{
    await Turns.RunAsync(200, 20);
    Print("library, one at a time", await Turns.RunAsync(20, 1));
    Print("library, 20 at once", await Turns.RunAsync(200, 20));
    Print("library, 200 at once", await Turns.RunAsync(600, 200));
}
return 0;

static void Print(string name, IReadOnlyList<TurnCost> costs)
{
    double[] own = [.. costs.Select(cost => cost.Own.TotalMilliseconds).Order()];
    Console.WriteLine(
        $"{name, -32}{own.Length, 6}{own[own.Length / 2], 9:0.0} ms{own[own.Length * 95 / 100], 9:0.0} ms{own[own.Length * 99 / 100], 9:0.0} ms{costs.Max(cost => cost.Gap.TotalMilliseconds), 11:0.0} ms"
    );
}
