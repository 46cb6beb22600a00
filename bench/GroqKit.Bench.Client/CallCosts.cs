namespace GroqKit.Bench.Client;

/// <summary>What a whole call and a streamed chunk cost, with nothing but memory behind the client.</summary>
internal static class CallCosts
{
    private static readonly Uri Address = new("https://bench.invalid/openai/v1/");

    public static async Task RunAsync(int rounds)
    {
        Console.WriteLine($"In memory, {rounds} rounds, medians; / is our share of theirs");
        Console.WriteLine(
            $"{"", -28}{"OpenAI .NET 2.15", 22}{"bare HttpClient", 22}{"GroqKit", 22}{"/ OpenAI", 10}{"/ bare", 8}"
        );
        var chat = await MeasureAsync(false, withLimits: true, one => one.ChatAsync, 20_000, rounds);
        Print("whole call", chat, 1);
        var plain = await MeasureAsync(false, withLimits: false, one => one.ChatAsync, 20_000, rounds);
        Print("whole call, no limits told", plain, 1);
        var stream = await MeasureAsync(true, withLimits: true, one => one.StreamAsync, 50, rounds);
        Print("streamed chunk", stream, Canned.Chunks);
        await TelemetryCost.RunAsync(rounds);
    }

    private static void Print(string what, IReadOnlyList<Cost> costs, int units)
    {
        Cost[] each = [.. costs.Select(cost => cost.DividedBy(units))];
        Console.WriteLine(
            $"{what, -28}{each[0], 22}{each[1], 22}{each[2], 22}"
                + $"{each[2].Microseconds / each[0].Microseconds, 10:0.00}{each[2].Microseconds / each[1].Microseconds, 8:0.00}"
        );
    }

    private static async Task<IReadOnlyList<Cost>> MeasureAsync(
        bool streams,
        bool withLimits,
        Func<ICompetitor, Func<Task<int>>> what,
        int batch,
        int rounds
    )
    {
        using var handler = new CannedHandler(streams, withLimits);
        using var http = new HttpClient(handler);
        using var ours = new Ours(
            new GroqClientOptions
            {
                ApiKey = new ApiKey("gsk_bench"),
                BaseUrl = "https://bench.invalid",
                Transport = handler,
            }
        );
        ICompetitor[] all = [new Official(http, Address), new Bare(http, Address), ours];
        return await Rounds.MeasureAsync([.. all.Select(what)], rounds, batch);
    }
}
