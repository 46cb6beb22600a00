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
    private const string StandardInput = "-";

    private readonly Argument<string?> _input = new("input")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description =
            "CSV with a header, or JSON a line, '-' for standard input: rows with a prompt (or what --template names), or requests as the Batch API takes them. Columns named id, system and model are used.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _template = SharedOptions.Text(
        "--template",
        "The prompt, with columns in braces: 'Sum up {title}: {text}'."
    );

    private readonly Option<string?> _system = SharedOptions.System();

    private readonly Option<string> _model = SharedOptions.Model(DefaultModel);

    private readonly Option<double?> _temperature = SharedOptions.Temperature();

    private readonly Option<int?> _maxTokens = SharedOptions.MaxTokens();

    private readonly Option<string?> _output = SharedOptions.Output(
        "Where answers go: NAME.csv, or NAME.jsonl. Otherwise INPUT.answers.jsonl.",
        "FILE"
    );

    private readonly Option<int> _parallel = SharedOptions.Parallel("Requests", most: 256, usual: 8);

    private readonly Option<bool> _later = SharedOptions.Flag(
        "--later",
        "Leave it to the server's Batch API: half the price, answered within the window."
    );

    private readonly Option<string> _window = new("--window")
    {
        Description = "How long --later may take, from 24h to 7d.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "24h",
    };

    private readonly Option<bool> _force = SharedOptions.Force("Begin anew, and replace answers.");

    private readonly Option<bool> _json = SharedOptions.Json("Say what came of it as JSON.");

    private readonly Option<bool> _quiet = SharedOptions.Quiet();

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
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? input = arguments.GetValue(_input) ?? (terminal.IsInputRedirected ? StandardInput : null);
        if (input is null)
            throw new UsageException("there is no input: name a CSV or JSONL file, or pipe one in");
        if (!arguments.GetValue(_later) && arguments.GetResult(_window) is { Implicit: false })
            throw new UsageException("--window goes with --later");
        BatchOutput output = ChooseOutput(arguments, input);
        IReadOnlyList<BatchQuestion> questions = BatchQuestion.All(
            input == StandardInput
                ? RowReader.Read("standard input", await InputFile.ReadInputAsync(terminal, cancellationToken))
                : await RowReader.ReadAsync(input, cancellationToken),
            arguments.GetValue(_template),
            arguments.GetValue(_system),
            new ChatSettings
            {
                Model = arguments.GetValue(_model)!,
                Temperature = arguments.GetValue(_temperature),
                MaxTokens = arguments.GetValue(_maxTokens),
            }
        );
        Prepare(output, arguments.GetValue(_force));
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

    private BatchOutput ChooseOutput(ParseResult arguments, string input)
    {
        if (input.Length == 0)
            throw new UsageException("the input: the name of the file is empty");
        string? output = arguments.GetValue(_output);
        if (input == StandardInput && output is null)
            throw new UsageException("--output is missing: answers to standard input need a file to go to");
        string path = output ?? Path.ChangeExtension(input, ".answers.jsonl");
        AtomicFile.CheckTarget("--output", path);
        if (AtomicFile.IsDevice(path))
            throw new UsageException($"--output: {path} must be a file, so that a run that was stopped can go on");
        if (Path.GetFullPath(path) == Path.GetFullPath(input))
            throw new UsageException("--output: that is the input");
        return new BatchOutput(path);
    }

    private static void Prepare(BatchOutput output, bool isForced)
    {
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
