using GroqKit;
using GroqKit.Bench.Client;

int rounds = args is ["--rounds", var text, ..] ? int.Parse(text) : 15;
bool rateLimits = args.Contains("--rate-limits");

var address = new Uri("https://bench.invalid/openai/v1/");
var chat = await MeasureAsync(streams: false, one => one.ChatAsync, 20_000);
var stream = await MeasureAsync(streams: true, one => one.StreamAsync, 50);
foreach (var (name, cost) in chat)
    Console.WriteLine($"chat   {name, -20} {cost.Microseconds, 8:0.00} us {cost.Bytes, 8:0} B");
foreach (var (name, cost) in stream)
{
    Cost chunk = cost.DividedBy(Canned.Chunks);
    Console.WriteLine($"chunk  {name, -20} {chunk.Microseconds, 8:0.000} us {chunk.Bytes, 8:0} B");
}

async Task<Dictionary<string, Cost>> MeasureAsync(bool streams, Func<ICompetitor, Func<Task<int>>> what, int batch)
{
    var handler = new CannedHandler(streams, rateLimits);
    using var http = new HttpClient(handler);
    using var ours = new Ours(
        "GroqKit",
        new GroqClientOptions
        {
            ApiKey = new ApiKey("gsk_bench"),
            BaseUrl = "https://bench.invalid",
            Transport = handler,
        }
    );
    ICompetitor[] all = [ours, new Official(http, address), new Bare(http, address)];
    return await Rounds.MeasureAsync([.. all.Select(one => (one.Name, what(one)))], rounds, batch);
}
