using GroqKit.Bench.Client;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace GroqKit.Bench.Providers;

/// <summary>What stands between a caller and the client: the ecosystem's types, one kind of failure, the fallback engine.</summary>
internal static class LayerCosts
{
    private const string Address = "https://bench.invalid";

    public static async Task RunAsync(int rounds)
    {
        Console.WriteLine(
            $"In memory, {rounds} rounds, medians; the layer is the chain of two less the client with the ecosystem's types alone"
        );
        Console.WriteLine(
            $"{"", -16}{"GroqClient", 20}{"types alone", 20}{"its IChatClient", 20}{"one provider", 20}{"a chain of two", 20}{"the layer adds", 20}{"all adds", 20}"
        );
        Print("whole call", await MeasureAsync(streams: false, one => one.ChatAsync, 20_000, rounds), 1);
        Print("streamed chunk", await MeasureAsync(streams: true, one => one.StreamAsync, 50, rounds), Canned.Chunks);
        Console.WriteLine("Held to: 3 us and 2,048 B a call, 0.2 us a chunk.");
    }

    private static void Print(string what, IReadOnlyList<Cost> costs, int units)
    {
        Cost[] each = [.. costs.Select(cost => cost.DividedBy(units))];
        Cost layer = each[^1].Less(each[1]);
        Cost all = each[^1].Less(each[0]);
        Console.WriteLine($"{what, -16}{string.Concat(each.Select(cost => $"{cost, 20}"))}{layer, 20}{all, 20}");
    }

    private static async Task<IReadOnlyList<Cost>> MeasureAsync(
        bool streams,
        Func<ICompetitor, Func<Task<int>>> what,
        int batch,
        int rounds
    )
    {
        using var handler = new CannedHandler(streams, withRateLimits: true);
        var options = new GroqClientOptions
        {
            ApiKey = new ApiKey("gsk_bench"),
            BaseUrl = Address,
            Transport = handler,
        };
        using var bare = new Ours(options);
        using var client = new GroqClient(options);
        using ProviderSet providers = ProviderRegistry.Default.Create(
            [Provider("first"), Provider("second")],
            new ProviderEnvironment { Transport = _ => handler }
        );
        FallbackTarget[] chain = [.. providers.All.Select(one => new FallbackTarget(one, Canned.Model))];
        ICompetitor[] all =
        [
            bare,
            new TypesAlone(client),
            new ChatCompetitor("its IChatClient", client.AsIChatClient(Canned.Model)),
            new ChatCompetitor("one provider", providers.All[0].CreateChatClient(Canned.Model)),
            new ChatCompetitor("a chain of two", new FallbackEngine().CreateChatClient(chain)),
        ];
        return await Rounds.MeasureAsync([.. all.Select(what)], rounds, batch);
    }

    private static ProviderOptions Provider(string name) =>
        new()
        {
            Name = name,
            Kind = "groq",
            ApiKey = "gsk_bench",
            BaseUrl = Address,
        };
}
