using GroqKit.Chat;

namespace GroqKit.Bench.Client;

/// <summary>What a stream holds on to while it lasts. The text itself is kept, for <see cref="GroqStream{TPiece, TAnswer}.Snapshot"/>: two bytes a letter.</summary>
internal static class LongStream
{
    /// <summary>An hour at a hundred tokens a second.</summary>
    private const int Chunks = 360_000;

    private const int PacedChunks = 2000;
    private const int Pace = 10;

    public static async Task RunAsync()
    {
        Console.WriteLine("Memory during a stream, the text it has collected included");
        var warmUp = new EndlessHandler(PacedChunks);
        await ReadAsync(warmUp, "https://bench.invalid", null, PacedChunks);
        var handler = new EndlessHandler(Chunks);
        var told = new MemoryWatch();
        await ReadAsync(handler, "https://bench.invalid", told, Chunks / 10);
        told.Print($"{Chunks} chunks in memory (1 h at 100/s)");
        await using UpstreamProcess upstream = await UpstreamProcess.StartAsync(0, Pace, PacedChunks);
        var paced = new MemoryWatch();
        await ReadAsync(null, upstream.Address, paced, PacedChunks / 10);
        paced.Print($"{PacedChunks} chunks on loopback, {Pace} ms apart");
    }

    private static async Task ReadAsync(HttpMessageHandler? transport, string address, MemoryWatch? memory, int step)
    {
        using var client = new GroqClient(
            new GroqClientOptions
            {
                ApiKey = new ApiKey("gsk_bench"),
                BaseUrl = address,
                Transport = transport,
            }
        );
        await using ChatStream stream = await client.Chat.StreamAsync(
            new ChatRequest { Model = Canned.Model, Messages = ["Go on for an hour."] }
        );
        int seen = 0;
        await foreach (ChatChunk _ in stream)
        {
            if (++seen % step == 0)
                memory?.Look();
        }
    }
}
