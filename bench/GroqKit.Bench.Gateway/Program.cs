using GroqKit.Bench.Gateway;
using GroqKit.Bench.Gateway.Accounts;
using GroqKit.Bench.Gateway.Endurance;
using GroqKit.Bench.Gateway.Nodes;
using GroqKit.Bench.Gateway.Privacy;
using GroqKit.Bench.Gateway.Reports;

const string Usage = """
    usage: GroqKit.Bench.Gateway upstream --port PORT
           GroqKit.Bench.Gateway passthrough --port PORT --to http://127.0.0.1:PORT
           GroqKit.Bench.Gateway streams --to http://127.0.0.1:PORT --key KEY --body JSON [--streams N] [--rounds N]
           GroqKit.Bench.Gateway answered --to http://127.0.0.1:PORT --key KEY --file FILE --seconds N [--callers N] [--pause MS]
           GroqKit.Bench.Gateway compare --to http://127.0.0.1:PORT --key KEY --file FILE --failed N
           GroqKit.Bench.Gateway calls --to http://127.0.0.1:PORT --key KEY --body JSON --rate N --seconds N
           GroqKit.Bench.Gateway single --to http://127.0.0.1:PORT --key KEY --body JSON [--calls N]
           GroqKit.Bench.Gateway held --to http://127.0.0.1:PORT --key KEY --body JSON --pid PID [--streams N]
           GroqKit.Bench.Gateway upload --to http://127.0.0.1:PORT --key KEY --pid PID [--megabytes N]
           GroqKit.Bench.Gateway long --to http://127.0.0.1:PORT --key KEY --body JSON --pid PID
           GroqKit.Bench.Gateway leave --to http://127.0.0.1:PORT --upstream http://127.0.0.1:PORT --key KEY --body JSON [--rounds N]
           GroqKit.Bench.Gateway masking
           GroqKit.Bench.Gateway reports --database CONNECTION [--rows N] [--days N]
    """;

if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}
switch (arguments.Mode)
{
    case "upstream":
        await LoopbackHost.RunAsync(arguments.Number("port"), new CannedUpstream(TimeProvider.System).AnswerAsync);
        return 0;
    case "passthrough":
        using (var passthrough = new Passthrough(arguments.Address("to")))
            await LoopbackHost.RunAsync(arguments.Number("port"), passthrough.ForwardAsync);
        return 0;
    case "streams":
        using (var reader = new StreamReaders(arguments.Address("to"), arguments.Text("key"), TimeProvider.System))
        {
            ChunkTimes times = await reader.ReadAsync(
                arguments.Text("body"),
                arguments.Number("streams", 8),
                arguments.Number("rounds", 3)
            );
            Console.WriteLine(times.ToLine());
        }
        return 0;
    case "single" or "held" or "upload" or "long" or "leave":
        using (var caller = new BenchCaller(arguments.Address("to"), arguments.Text("key")))
            Console.WriteLine(await MeasureAsync(caller, arguments));
        return 0;
    case "answered":
        await AccountBench.CallAsync(arguments);
        return 0;
    case "compare":
        return await AccountBench.CompareAsync(arguments) ? 0 : 1;
    case "calls":
        using (var calls = new PacedCalls(arguments.Address("to"), arguments.Text("key"), TimeProvider.System))
        {
            await calls.RunAsync(
                arguments.Text("body"),
                arguments.Number("rate"),
                TimeSpan.FromSeconds(arguments.Number("seconds"))
            );
            Console.WriteLine(calls.ToLine());
        }
        return 0;
    case "masking":
        MaskingBench.Run(TimeProvider.System);
        return 0;
    case "reports":
        await ReportBench.RunAsync(
            arguments.Text("database"),
            arguments.Number("rows", 1_000_000),
            arguments.Number("days", 30),
            CancellationToken.None
        );
        return 0;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 2;
}

static Task<string> MeasureAsync(BenchCaller caller, Arguments arguments)
{
    TimeProvider time = TimeProvider.System;
    return arguments.Mode switch
    {
        "single" => SingleCalls.RunAsync(caller, arguments.Text("body"), arguments.Number("calls", 500), time),
        "held" => HeldStreams.RunAsync(
            caller,
            arguments.Text("body"),
            arguments.Number("streams", 5000),
            Memory(),
            time
        ),
        "upload" => LongTransfers.UploadAsync(caller, arguments.Number("megabytes", 1000), Memory(), time),
        "long" => LongTransfers.StreamAsync(caller, arguments.Text("body"), Memory(), time),
        _ => Leaving.RunAsync(
            caller,
            arguments.Address("upstream"),
            arguments.Text("body"),
            arguments.Number("rounds", 20),
            time
        ),
    };

    ProcessMemory Memory() => new(arguments.Number("pid"));
}
