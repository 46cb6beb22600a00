using System.Net;
using System.Net.Sockets;
using System.Text;
using GroqKit.Chat;
using GroqKit.Resilience;

namespace GroqKit.Bench.Client;

/// <summary>How late a call ends after its deadline, in each phase in which a server can fall silent.</summary>
internal static class Deadlines
{
    private const string StreamHead =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(int rounds)
    {
        string piece = Encoding.UTF8.GetString(Canned.Chunk);
        (string Name, string Scheme, string? Sent)[] phases =
        [
            ("encryption", "https", null),
            ("headers", "http", null),
            ("first chunk", "http", StreamHead),
            ("between chunks", "http", $"{StreamHead}{piece.Length:x}\r\n{piece}\r\n"),
        ];
        Console.WriteLine(
            $"deadline of {Deadline.TotalMilliseconds} ms, loopback, {rounds} calls a phase: how late the error comes"
        );
        Console.WriteLine($"{"", -18}{"p50 ms", 10}{"most ms", 10}  phase named");
        foreach ((string name, string scheme, string? sent) in phases)
            await MeasureAsync(name, scheme, sent, rounds);
    }

    private static async Task MeasureAsync(string name, string scheme, string? sent, int rounds)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();
        Task serving = ServeAsync(silent, sent, stop.Token);
        using var client = new GroqClient(
            new GroqClientOptions
            {
                ApiKey = new ApiKey("gsk_bench"),
                BaseUrl = $"{scheme}://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}",
                Timeout = Deadline,
                StreamIdleTimeout = Deadline,
                ConnectTimeout = Deadline,
            }.UseResilience(ResiliencePreset.None)
        );
        var late = new List<double>();
        string phase = "";
        for (int round = 0; round <= rounds; round++)
        {
            (TimeSpan elapsed, phase) = await FailAsync(client);
            // The first call compiles what the others run.
            if (round > 0)
                late.Add((elapsed - Deadline).TotalMilliseconds);
        }
        await stop.CancelAsync();
        await serving;
        Console.WriteLine($"{name, -18}{Rounds.Median(late), 10:0.0}{late.Max(), 10:0.0}  {phase}");
    }

    private static async Task<(TimeSpan Elapsed, string Phase)> FailAsync(GroqClient client)
    {
        long began = TimeProvider.System.GetTimestamp();
        try
        {
            await using ChatStream stream = await client.Chat.StreamAsync(
                new ChatRequest { Model = Canned.Model, Messages = ["hello"] }
            );
            began = TimeProvider.System.GetTimestamp();
            await foreach (ChatChunk _ in stream)
                began = TimeProvider.System.GetTimestamp();
            throw new InvalidOperationException("A silent server has answered.");
        }
        catch (GroqTimeoutException timeout)
        {
            return (TimeProvider.System.GetElapsedTime(began), timeout.Phase.ToString());
        }
        catch (GroqStreamException broken) when (broken.InnerException is GroqTimeoutException timeout)
        {
            return (TimeProvider.System.GetElapsedTime(began), timeout.Phase.ToString());
        }
    }

    private static async Task ServeAsync(TcpListener listener, string? sent, CancellationToken stop)
    {
        List<TcpClient> open = [];
        try
        {
            while (true)
            {
                TcpClient caller = await listener.AcceptTcpClientAsync(stop);
                open.Add(caller);
                if (sent is not null)
                    await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent), stop);
            }
        }
        catch (OperationCanceledException)
        {
            foreach (TcpClient caller in open)
                caller.Dispose();
        }
    }
}
