using System.Collections.Concurrent;
using System.CommandLine;
using GroqKit.Chat;
using GroqKit.Cli.Chat;
using GroqKit.Cli.Display;
using GroqKit.Cli.Hosting;
using GroqKit.Resilience;

namespace GroqKit.Cli.Bench;

/// <summary><c>groqkit bench</c>: how quick a server is, as its caller sees it.</summary>
internal sealed class BenchCommand(Terminal terminal)
{
    private const string DefaultModel = "openai/gpt-oss-20b";
    private const int DefaultMaxTokens = 128;
    private const int MostConnections = 1000;

    private readonly Option<string> _model = SharedOptions.Model(DefaultModel);

    private readonly Option<string> _prompt = new("--prompt")
    {
        Description = "What to ask.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "Explain in a paragraph why the sky is blue.",
    };

    private readonly Option<int> _requests = NumberOption.Within(
        "--requests",
        ["-n"],
        "How many to measure.",
        (1, 1_000_000),
        50
    );

    private readonly Option<int> _concurrency = NumberOption.Within(
        "--concurrency",
        ["-c"],
        "How many at the same time.",
        (1, MostConnections),
        4
    );

    private readonly Option<int> _warmUp = NumberOption.Within(
        "--warm-up",
        [],
        "Requests before it counts.",
        (0, 1000),
        2
    );

    private readonly Option<int?> _maxTokens = SharedOptions.MaxTokens(DefaultMaxTokens);

    private readonly Option<bool> _json = SharedOptions.Json("The figures as JSON.");

    private readonly Option<bool> _quiet = SharedOptions.Quiet();

    private readonly ConnectionOptions _connection = new();

    public Command Build()
    {
        var command = new CliCommand(
            "bench",
            "Measure a server: time to the first token, to the whole answer, and tokens per second. Nothing is retried.",
            "groqkit bench",
            "groqkit bench --base-url http://127.0.0.1:8080 --requests 500 --concurrency 32",
            "groqkit bench --model openai/gpt-oss-120b --json"
        )
        {
            _model,
            _prompt,
            _requests,
            _concurrency,
            _warmUp,
            _maxTokens,
            _json,
            _quiet,
        };
        _connection.AddTo(command);
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using GroqClient client = _connection.Connect(
            arguments,
            options => options.UseResilience(ResiliencePreset.None).MaxConnectionsPerServer = MostConnections
        );
        var settings = new ChatSettings
        {
            Model = arguments.GetValue(_model)!,
            MaxTokens = arguments.GetValue(_maxTokens),
        };
        ChatRequest request = settings.Ask([arguments.GetValue(_prompt)!]);
        // What is wrong with all of them is found here, and told as any other error.
        for (int i = 0; i < arguments.GetValue(_warmUp); i++)
            await AskAsync(client, request, cancellationToken);
        BenchReport report = await WorkProgress.RunAsync(
            terminal,
            arguments.GetValue(_quiet),
            "measuring",
            progress => MeasureAsync(arguments, client, request, progress, cancellationToken)
        );
        await (
            arguments.GetValue(_json) ? terminal.Output.WriteLineAsync(report.ToJson()) : report.WriteAsync(terminal)
        );
        return report.Failed == 0 ? ExitCode.Success
            : report.Failed == arguments.GetValue(_requests) ? ExitCode.Failure
            : ExitCode.Partial;
    }

    private async Task<BenchReport> MeasureAsync(
        ParseResult arguments,
        GroqClient client,
        ChatRequest request,
        IWorkProgress progress,
        CancellationToken cancellationToken
    )
    {
        var errors = new ErrorReport(terminal, arguments.CommandResult.Command);
        var samples = new ConcurrentQueue<BenchSample>();
        int requests = arguments.GetValue(_requests);
        progress.Begin(requests, 0);
        long start = terminal.Time.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = arguments.GetValue(_concurrency),
                CancellationToken = cancellationToken,
            },
            async (_, token) =>
            {
                long begun = terminal.Time.GetTimestamp();
                try
                {
                    samples.Enqueue(await AskAsync(client, request, token));
                }
                catch (GroqException error)
                {
                    // Each has an id of its own; without it like errors are one.
                    string message = errors.Describe(error).Split(" (request ")[0];
                    samples.Enqueue(new BenchSample(terminal.Time.GetElapsedTime(begun), Error: message));
                }
                progress.Advance();
            }
        );
        return new BenchReport([.. samples], terminal.Time.GetElapsedTime(start));
    }

    private async Task<BenchSample> AskAsync(
        GroqClient client,
        ChatRequest request,
        CancellationToken cancellationToken
    )
    {
        long begun = terminal.Time.GetTimestamp();
        await using ChatStream stream = await client.Chat.StreamAsync(request, cancellationToken: cancellationToken);
        ChatCompletion answer = await stream.CollectAsync(cancellationToken);
        return new BenchSample(
            terminal.Time.GetElapsedTime(begun),
            stream.FirstToken,
            stream.TokensPerSecond,
            answer.Usage?.CompletionTokens
        );
    }
}
