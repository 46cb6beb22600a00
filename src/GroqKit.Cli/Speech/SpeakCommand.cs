using System.CommandLine;
using GroqKit.Audio;
using GroqKit.Catalog;
using GroqKit.Cli.Display;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Speech;

/// <summary><c>groqkit speak</c>: a text of any length to a file, a pipe or the loudspeaker.</summary>
internal sealed class SpeakCommand(Terminal terminal)
{
    private const string StandardInput = "-";
    private const string StandardOutput = "-";
    private const string FallbackVoice = "hannah";

    private readonly Argument<string[]> _text = new("text")
    {
        HelpName = "TEXT",
        Description = "What to say; several words are joined. Without it, or for a '-', standard input is read.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "A text file to read aloud.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _output = SharedOptions.Output(
        "A file, or '-' for standard output. Otherwise a player is used, or the pipe behind."
    );

    private readonly Option<string> _model = SharedOptions.Model(SpeechRequest.DefaultModel);

    private readonly Option<string?> _voice = new("--voice", "-v")
    {
        Description = "Who speaks; groqkit models MODEL lists the voices.",
        HelpName = "VOICE",
    };

    private readonly Option<string?> _format = new("--format", "-f")
    {
        Description = "wav, or what another model makes.",
        HelpName = "FORMAT",
    };

    private readonly Option<double?> _speed = NumberOption.Real("--speed", [], "0.5 to 5, where the model can.");

    private readonly Option<int?> _sampleRate = NumberOption.Whole(
        "--sample-rate",
        "Hertz, where the model can.",
        "HERTZ"
    );

    private readonly Option<bool> _json = SharedOptions.Json("Say what was made as JSON; needs -o FILE.");

    private readonly ConnectionOptions _connection = new();

    public Command Build()
    {
        var command = new CliCommand(
            "speak",
            "Read a text aloud.",
            "groqkit speak \"Dinner is ready.\"",
            "groqkit speak --file chapter.txt --voice daniel -o chapter.wav",
            "groqkit chat \"Tell me a joke.\" | groqkit speak",
            "groqkit speak \"Hello.\" -o - | ffmpeg -i - hello.mp3"
        )
        {
            _text,
            _file,
            _output,
            _model,
            _voice,
            _format,
            _speed,
            _sampleRate,
            _json,
        };
        _connection.AddTo(command);
        _voice.CompletionSources.Add(_ => SpeechVoice.Known.ToArray().Select(voice => voice.Value));
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? output = arguments.GetValue(_output) ?? (terminal.IsOutputRedirected ? StandardOutput : null);
        if (arguments.GetValue(_json) && output is null or StandardOutput)
            throw new UsageException("--json needs -o FILE: standard output is taken by the sound");
        if (output is StandardOutput && !terminal.IsOutputRedirected)
            throw new UsageException("--output: '-' would fill the terminal with sound; pipe it somewhere");
        if (output is not null and not StandardOutput)
            AtomicFile.CheckTarget(_output.Name, output);
        string text = await ReadTextAsync(arguments, cancellationToken);
        if (string.IsNullOrWhiteSpace(text))
            throw new UsageException("there is nothing to say: give a text, --file, or standard input");
        Player? player = output is null ? Player.Find(terminal.Environment) : null;
        if (output is null && player is null)
            throw new UsageException($"--output is missing, and there is no player: install one of {Player.Names}");
        using GroqClient client = _connection.Connect(arguments);
        await using SpeechStream speech = await client.Audio.Speech.StreamAsync(
            Request(arguments, text),
            cancellationToken: cancellationToken
        );
        foreach (GroqWarning warning in speech.Warnings)
            await terminal.WriteErrorAsync(warning.Message);
        if (player is not null)
            await player.PlayAsync(speech, cancellationToken);
        else if (output is StandardOutput)
            await speech.CopyToAsync(terminal.OutputStream, cancellationToken);
        else
            await AtomicFile.SaveAsync(output!, (file, token) => speech.CopyToAsync(file, token), cancellationToken);
        if (arguments.GetValue(_json))
            await TellAsync(output!, speech);
        return ExitCode.Success;
    }

    private async Task<string> ReadTextAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] words = arguments.GetValue(_text) ?? [];
        if (arguments.GetValue(_file) is { } path)
        {
            return words.Length == 0
                ? await InputFile.ReadAsync("--file", path, cancellationToken)
                : throw new UsageException("--file and a text exclude each other");
        }
        if (words is [] && !terminal.IsInputRedirected)
            return "";
        return words is [] or [StandardInput]
            ? await InputFile.ReadInputAsync(terminal, cancellationToken)
            : string.Join(' ', words);
    }

    private SpeechRequest Request(ParseResult arguments, string text)
    {
        string model = arguments.GetValue(_model)!;
        string voice =
            arguments.GetValue(_voice)
            ?? (
                ModelCatalog.Default.Find(model)?.Voices is [var first, ..] && model != SpeechRequest.DefaultModel
                    ? first
                    : FallbackVoice
            );
        return new SpeechRequest
        {
            Input = text,
            Model = model,
            Voice = voice,
            ResponseFormat = arguments.GetValue(_format) is { } format ? new SpeechFormat(format) : SpeechFormat.Wav,
            Speed = arguments.GetValue(_speed),
            SampleRate = arguments.GetValue(_sampleRate),
        };
    }

    private Task TellAsync(string output, SpeechStream speech) =>
        terminal.Output.WriteLineAsync(
            JsonText.Write(json =>
            {
                json.WriteString("output", output);
                json.WriteString("format", speech.Format.Value);
                json.WriteNumber("bytes", speech.BytesDelivered);
                json.WriteNumber("pieces", speech.Pieces.Count);
                if (speech.FirstAudio is { } first)
                    json.WriteNumber("firstAudioMs", Math.Round(first.TotalMilliseconds, 1));
            })
        );
}
