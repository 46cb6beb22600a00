namespace GroqKit.Bench.Client;

/// <summary>The bare client and ours over real connections to one upstream, with as many of them as there are callers.</summary>
internal sealed class Loopback : IDisposable
{
    private readonly HttpClient _http;
    private readonly Ours _ours;

    public Loopback(string upstream, int connections)
    {
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = connections,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        );
        _ours = new Ours(
            new GroqClientOptions
            {
                ApiKey = new ApiKey("gsk_bench"),
                BaseUrl = upstream,
                MaxConnectionsPerServer = connections,
            }
        );
        Bare = new Bare(_http, new Uri($"{upstream}/openai/v1/"));
    }

    public ICompetitor Bare { get; }

    public ICompetitor Ours => _ours;

    /// <summary>Loads both in turn, round after round, after a round that does not count.</summary>
    public async Task<IReadOnlyList<(Load Bare, Load Ours)>> RunAsync(
        int rounds,
        int callers,
        TimeSpan length,
        TimeSpan spread
    )
    {
        var results = new List<(Load, Load)>();
        for (int round = 0; round <= rounds; round++)
        {
            Load bare = await Load.RunAsync(Bare.ChatAsync, callers, length, spread);
            Load ours = await Load.RunAsync(Ours.ChatAsync, callers, length, spread);
            if (round > 0)
                results.Add((bare, ours));
        }
        return results;
    }

    public void Dispose()
    {
        _http.Dispose();
        _ours.Dispose();
    }
}
