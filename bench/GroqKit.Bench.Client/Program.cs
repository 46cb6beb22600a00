using GroqKit.Bench.Client;

const string Usage = """
    usage: GroqKit.Bench.Client [NAME...] [--rounds N]
      calls       a whole call and a streamed chunk, in memory, against the official OpenAI client and a bare HttpClient
      in-flight   1,000 calls in flight against an upstream that takes 250 ms, on loopback, against a bare HttpClient
      throughput  calls a second against an upstream that answers at once, on loopback, against a bare HttpClient
      deadlines   how late a call ends when its server falls silent, on loopback
      stream      memory during a stream of an hour, told at once, and one on loopback at its own pace
      upload      memory during an upload of 1 GB
    Without a name: all of them.
    """;

if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}
if (arguments.Upstream is { } upstream)
{
    await upstream.RunAsync();
    return 0;
}
foreach (string name in arguments.Names)
{
    switch (name)
    {
        case "calls":
            await CallCosts.RunAsync(arguments.Rounds ?? 15);
            break;
        case "in-flight":
            await CallsInFlight.RunAsync(arguments.Rounds ?? 15);
            break;
        case "throughput":
            await CallsPerSecond.RunAsync(arguments.Rounds ?? 7);
            break;
        case "deadlines":
            await Deadlines.RunAsync(arguments.Rounds ?? 15);
            break;
        case "stream":
            await LongStream.RunAsync();
            break;
        default:
            await BigUpload.RunAsync();
            break;
    }
    Console.WriteLine();
}
return 0;
