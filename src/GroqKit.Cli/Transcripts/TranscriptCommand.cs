using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using GroqKit.Audio;
using GroqKit.Cli.Display;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Transcripts;

/// <summary><c>groqkit transcribe</c> and <c>groqkit translate</c>.</summary>
internal sealed class TranscriptCommand(Terminal terminal, SpeechToText task)
{
    private const string StandardInput = "-";
    private const string StandardOutput = "-";
    private const int UploadSeconds = 300;

    private readonly Argument<string[]> _recordings = new("recordings")
    {
        HelpName = "RECORDINGS",
        Description = "Files, folders, patterns such as '*.mp3', https addresses, or '-' for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _model = SharedOptions.Model(task.DefaultModel);

    private readonly Option<string?> _language = new("--language", "-l")
    {
        Description = "What is spoken, such as en or de. Otherwise the model finds out.",
        HelpName = "CODE",
    };

    private readonly Option<string?> _prompt = SharedOptions.Text("--prompt", "Names and spellings to expect.");

    private readonly Option<double?> _temperature = SharedOptions.Temperature(most: 1);

    private readonly Option<string[]> _formats = new("--format", "-f")
    {
        Description = "txt, json, srt or vtt; several with commas, from one call.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => [TranscriptFormat.All[0].Name],
    };

    private readonly Option<string?> _output = SharedOptions.Output(
        "A file for one recording, a folder for several, '-' for the terminal. Otherwise one recording goes to the terminal, several go beside themselves."
    );

    private readonly Option<int> _parallel = SharedOptions.Parallel("Recordings", most: 64, usual: 4);

    private readonly Option<bool> _recursive = SharedOptions.Flag(
        "--recursive",
        "Folders within folders too, but not behind links.",
        "-r"
    );

    private readonly Option<bool> _force = SharedOptions.Force(
        "Do again what is done, and replace files that are in the way."
    );

    private readonly Option<bool> _json = SharedOptions.Json("Say what came of it as JSON, a line each.");

    private readonly Option<bool> _quiet = SharedOptions.Quiet();

    private readonly ConnectionOptions _connection = new(UploadSeconds);

    public Command Build()
    {
        var command = new CliCommand(
            task.Name,
            $"{task.Description} A run over many files continues where it stopped.",
            $"groqkit {task.Name} talk.mp3",
            $"groqkit {task.Name} talk.mp3 -f srt -o talk.srt",
            $"groqkit {task.Name} recordings/ --recursive -f txt,vtt -o transcripts/ --parallel 8",
            $"ffmpeg -i film.mkv -f wav -ac 1 -ar 16000 - | groqkit {task.Name} -"
        )
        {
            _recordings,
            _model,
            _prompt,
            _temperature,
            _formats,
            _output,
            _parallel,
            _recursive,
            _force,
            _json,
            _quiet,
        };
        if (task.KnowsLanguage)
            command.Add(_language);
        _connection.AddTo(command);
        _formats.CompletionSources.Add([.. TranscriptFormat.All.Select(format => format.Name)]);
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        TranscriptSettings settings = ReadSettings(arguments);
        string[] words = arguments.GetValue(_recordings) ?? [];
        if (words.Length == 0 && terminal.IsInputRedirected)
            words = [StandardInput];
        if (words.Length == 0)
            throw new UsageException("there is no recording: name files or folders, or pipe one in");
        var errors = new ErrorReport(terminal, arguments.CommandResult.Command);
        if (words is [StandardInput])
            return await FromInputAsync(arguments, settings, errors, cancellationToken);
        if (words.Contains(StandardInput))
            throw new UsageException("'-' stands for standard input and goes alone");
        IReadOnlyList<Recording> recordings = RecordingFinder.Find(words, arguments.GetValue(_recursive));
        bool isOne = words.Length == 1 && (Recording.IsAddress(words[0]) || File.Exists(words[0]));
        using GroqClient client = _connection.Connect(arguments);
        var run = new TranscriptRun(task, client, settings, errors);
        return isOne && !IsFolder(arguments.GetValue(_output))
            ? await OneAsync(arguments, run, settings, recordings[0], cancellationToken)
            : await ManyAsync(arguments, run, settings, recordings, cancellationToken);
    }

    private TranscriptSettings ReadSettings(ParseResult arguments)
    {
        List<TranscriptFormat> formats = [];
        foreach (string name in (arguments.GetValue(_formats) ?? []).SelectMany(list => list.Split(',')))
        {
            TranscriptFormat format =
                TranscriptFormat.Find(name.Trim())
                ?? throw new UsageException($"--format must be txt, json, srt or vtt, not '{name}'");
            if (!formats.Contains(format))
                formats.Add(format);
        }
        string? language = task.KnowsLanguage ? arguments.GetValue(_language) : null;
        return new TranscriptSettings(
            arguments.GetValue(_model)!,
            language,
            arguments.GetValue(_prompt),
            arguments.GetValue(_temperature),
            formats
        );
    }

    private async Task<int> FromInputAsync(
        ParseResult arguments,
        TranscriptSettings settings,
        ErrorReport errors,
        CancellationToken cancellationToken
    )
    {
        using GroqClient client = _connection.Connect(arguments);
        var run = new TranscriptRun(task, client, settings, errors);
        using Spool input = await Spool.CreateAsync(terminal.InputStream, cancellationToken);
        var recording = new Recording(input.Path, Directory.GetCurrentDirectory(), "standard input");
        return await OneAsync(arguments, run, settings, recording, cancellationToken);
    }

    private async Task<int> OneAsync(
        ParseResult arguments,
        TranscriptRun run,
        TranscriptSettings settings,
        Recording recording,
        CancellationToken cancellationToken
    )
    {
        if (settings.Formats.Count > 1)
            throw new UsageException("--format: several formats need a folder to go to, such as -o .");
        if (arguments.GetValue(_output) is { } target and not StandardOutput)
            AtomicFile.CheckTarget(_output.Name, target);
        Transcription heard;
        try
        {
            heard = await run.HearAsync(recording, cancellationToken);
        }
        catch (GroqException error) when (error.Parameter is "file" or "url")
        {
            await terminal.WriteErrorAsync($"{recording.Relative}: {run.Describe(error)}");
            return error.Status is null ? ExitCode.Usage : ExitCode.Failure;
        }
        string text = arguments.GetValue(_json) ? heard.ToJson() + "\n" : settings.Formats[0].Write(heard);
        if (arguments.GetValue(_output) is { } path and not StandardOutput)
        {
            byte[] content = global::System.Text.Encoding.UTF8.GetBytes(text);
            await AtomicFile.SaveAsync(
                path,
                (file, token) => file.WriteAsync(content, token).AsTask(),
                cancellationToken
            );
        }
        else
        {
            await terminal.Output.WriteAsync(terminal.Shown(text));
        }
        return ExitCode.Success;
    }

    private async Task<int> ManyAsync(
        ParseResult arguments,
        TranscriptRun run,
        TranscriptSettings settings,
        IReadOnlyList<Recording> recordings,
        CancellationToken cancellationToken
    )
    {
        string? output = arguments.GetValue(_output);
        if (output is StandardOutput)
            throw new UsageException("--output: '-' takes one recording; several need a folder");
        if (output is not null && File.Exists(output))
            throw new UsageException($"--output: {output} is a file; several recordings need a folder");
        IReadOnlyList<TranscriptWork> works = TranscriptWork.Plan(recordings, output, task.Name, settings);
        try
        {
            bool isQuiet = arguments.GetValue(_quiet);
            await WorkProgress.RunAsync(
                terminal,
                isQuiet,
                task.Name,
                async progress =>
                {
                    int parallel = arguments.GetValue(_parallel);
                    await run.RunAsync(works, parallel, arguments.GetValue(_force), progress, cancellationToken);
                    progress.Say(task.Done);
                    return true;
                }
            );
        }
        finally
        {
            await TellAsync(arguments, run.Outcomes, works.Count);
        }
        int failed = run.Outcomes.Count(outcome => outcome.IsFailure);
        return failed == 0 ? ExitCode.Success
            : failed == works.Count ? ExitCode.Failure
            : ExitCode.Partial;
    }

    private async Task TellAsync(ParseResult arguments, IReadOnlyCollection<TranscriptOutcome> outcomes, int total)
    {
        if (arguments.GetValue(_json))
        {
            foreach (
                TranscriptOutcome outcome in outcomes.OrderBy(outcome => outcome.Recording, StringComparer.Ordinal)
            )
                await terminal.Output.WriteLineAsync(outcome.ToJson());
            await terminal.Output.FlushAsync();
        }
        if (terminal.IsErrorRedirected || arguments.GetValue(_quiet))
            return;
        int failed = outcomes.Count(outcome => outcome.IsFailure);
        int skipped = outcomes.Count(outcome => outcome.IsSkipped);
        var parts = new List<string> { $"{outcomes.Count - failed - skipped} {task.Done}" };
        if (skipped > 0)
            parts.Add($"{skipped} done before");
        if (failed > 0)
            parts.Add($"{failed} failed");
        if (total > outcomes.Count)
            parts.Add($"{total - outcomes.Count} left: run the same command again to continue");
        await terminal.Error.WriteLineAsync(string.Join(", ", parts));
    }

    private static bool IsFolder([NotNullWhen(true)] string? output) =>
        output is not null and not StandardOutput
        && (Directory.Exists(output) || output.EndsWith('/') || output.EndsWith(Path.DirectorySeparatorChar));
}
