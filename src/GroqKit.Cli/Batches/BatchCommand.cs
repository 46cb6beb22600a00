using System.CommandLine;
using GroqKit.Cli.Chat;
using GroqKit.Cli.Display;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Batches;

/// <summary><c>groqkit batch</c>: a file of questions to a file of answers.</summary>
internal sealed class BatchCommand(Terminal terminal)
{
    private const string DefaultModel = "openai/gpt-oss-20b";

    private readonly Argument<string?> _input = new("input")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description =
            "CSV with a header, or JSON a line: rows with a prompt (or what --template names), or requests as the Batch API takes them. Columns named id, system and model are used.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _template = new("--template")
    {
        Description = "The prompt, with columns in braces: 'Sum up {title}: {text}'.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _system = new("--system", "-s")
    {
        Description = "Instructions to the model.",
        HelpName = "TEXT",
    };

    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "The model.",
        HelpName = "MODEL",
        DefaultValueFactory = _ => DefaultModel,
    };

    private readonly Option<double?> _temperature = new("--temperature", "-t")
    {
        Description = "Randomness, 0 to 2.",
        HelpName = "NUMBER",
    };

    private readonly Option<int?> _maxTokens = new("--max-tokens")
    {
        Description = "The most tokens to generate for each answer.",
        HelpName = "N",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Where answers go: NAME.csv, or NAME.jsonl. Otherwise INPUT.answers.jsonl.",
        HelpName = "FILE",
    };

    private readonly Option<int> _parallel = new("--parallel", "-p")
    {
        Description = "Requests at the same time, 1 to 256.",
        HelpName = "N",
        DefaultValueFactory = _ => 8,
    };

    private readonly Option<bool> _later = new("--later")
    {
        Description = "Leave it to the server's Batch API: half the price, answered within the window.",
    };

    private readonly Option<string> _window = new("--window")
    {
        Description = "How long --later may take, from 24h to 7d.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "24h",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Begin anew, and replace answers." };

    private readonly Option<bool> _json = new("--json") { Description = "Say what came of it as JSON." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress." };

    private readonly ConnectionOptions _connection = new();

    public Command Build()
    {
        var command = new CliCommand(
            "batch",
            "Answer a file of questions. A run that was stopped continues; errors go apart, and a rerun asks them again.",
            "groqkit batch questions.jsonl",
            "groqkit batch reviews.csv --template \"Is this customer happy? {review}\" -o moods.csv",
            "groqkit batch questions.jsonl --later           (half the price, within a day)"
        )
        {
            _input,
            _template,
            _system,
            _model,
            _temperature,
            _maxTokens,
            _output,
            _parallel,
            _later,
            _window,
            _force,
            _json,
            _quiet,
        };
        _connection.AddTo(command);
        _parallel.Validators.Add(result => result.CheckRange(_parallel, 1, 256));
        _input.Validators.Add(OptionRules.RefuseOptions);
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string input =
            arguments.GetValue(_input) ?? throw new UsageException("there is no input: name a CSV or JSONL file");
        IReadOnlyList<BatchQuestion> questions = BatchQuestion.All(
            await RowReader.ReadAsync(input, cancellationToken),
            arguments.GetValue(_template),
            arguments.GetValue(_system),
            new ChatSettings
            {
                Model = arguments.GetValue(_model)!,
                Temperature = arguments.GetValue(_temperature),
                MaxTokens = arguments.GetValue(_maxTokens),
            }
        );
        var output = new BatchOutput(arguments.GetValue(_output) ?? Path.ChangeExtension(input, ".answers.jsonl"));
        Prepare(output, input, arguments.GetValue(_force));
        using GroqClient client = _connection.Connect(arguments);
        IReadOnlyList<BatchAnswer> answers;
        using (Journal<BatchEntry> journal = Open(output))
        {
            var errors = new ErrorReport(terminal, arguments.CommandResult.Command);
            IBatchRunner runner = arguments.GetValue(_later)
                ? new DeferredRunner(client, journal, arguments.GetValue(_window)!, errors)
                : new DirectRunner(client, journal, arguments.GetValue(_parallel), errors);
            answers = await WorkProgress.RunAsync(
                terminal,
                arguments.GetValue(_quiet),
                "asking",
                progress => runner.RunAsync(questions, progress, cancellationToken)
            );
            await output.WriteAsync(answers, cancellationToken);
        }
        int failed = answers.Count(answer => answer.Error is not null);
        // With errors left, the journal keeps the answers for the run that asks those again.
        if (failed == 0 || arguments.GetValue(_later))
            File.Delete(output.Journal);
        await TellAsync(arguments, output, answers.Count, failed);
        return failed == 0 ? ExitCode.Success
            : failed == answers.Count ? ExitCode.Failure
            : ExitCode.Partial;
    }

    private static void Prepare(BatchOutput output, string input, bool isForced)
    {
        if (Path.GetFullPath(output.Answers) == Path.GetFullPath(input))
            throw new UsageException("--output: that is the input");
        AtomicFile.CheckTarget("--output", output.Answers);
        if (isForced)
            File.Delete(output.Journal);
        else if (File.Exists(output.Answers) && !File.Exists(output.Journal))
            throw new UsageException($"{output.Answers} is there already; --force replaces it");
    }

    private static Journal<BatchEntry> Open(BatchOutput output)
    {
        try
        {
            return Journal<BatchEntry>.Open(output.Journal, BatchJson.Default.BatchEntry);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: {output.Answers} cannot be written: {error.Message}");
        }
    }

    private async Task TellAsync(ParseResult arguments, BatchOutput output, int total, int failed)
    {
        if (arguments.GetValue(_json))
        {
            await terminal.Output.WriteLineAsync(
                JsonText.Write(json =>
                {
                    json.WriteNumber("answered", total - failed);
                    json.WriteNumber("failed", failed);
                    json.WriteString("answers", output.Answers);
                    json.WriteString("errors", failed > 0 ? output.Errors : null);
                })
            );
        }
        else if (!terminal.IsErrorRedirected && !arguments.GetValue(_quiet))
        {
            string errors = failed > 0 ? $", {failed} failed: {output.Errors}" : "";
            await terminal.Error.WriteLineAsync($"{total - failed} answered: {output.Answers}{errors}");
        }
    }
}
