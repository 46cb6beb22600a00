using System.Diagnostics;
using GroqKit.Audio;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Speech;

/// <summary>A program of the system that plays sound from its standard input.</summary>
internal sealed class Player
{
    private static readonly Player[] Known =
    [
        new("ffplay", "-nodisp", "-autoexit", "-loglevel", "error", "-i", "-"),
        new("aplay", "-q", "-"),
        new("paplay"),
        new("mpv", "--no-terminal", "-"),
        // Reads files only, a pipe has no name there.
        new("afplay", "/dev/stdin"),
    ];

    private readonly string _name;
    private readonly string[] _arguments;

    private Player(string name, params string[] arguments)
    {
        _name = name;
        _arguments = arguments;
    }

    public static string Names { get; } = string.Join(", ", Known.Select(player => player._name));

    /// <summary>The first that is installed.</summary>
    /// <param name="environment">For the path.</param>
    public static Player? Find(Func<string, string?> environment) =>
        Known.FirstOrDefault(player => InstalledProgram.Find(player._name, environment) is not null);

    /// <summary>Plays while the sound comes, and until the end of it is heard.</summary>
    /// <exception cref="IOException">The player failed.</exception>
    public async Task PlayAsync(SpeechStream speech, CancellationToken cancellationToken)
    {
        using Process process = Start();
        Task<string> complaint = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await FeedAsync(process, speech, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
        if (process.ExitCode != 0)
        {
            string reason = (await complaint).Trim();
            throw new IOException(
                $"{_name} could not play the sound: {(reason.Length == 0 ? "no reason given" : reason)}"
            );
        }
    }

    private Process Start() =>
        InstalledProgram.Start(
            new ProcessStartInfo(_name, _arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardError = true,
            }
        );

    private static async Task FeedAsync(Process process, SpeechStream speech, CancellationToken cancellationToken)
    {
        try
        {
            await speech.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A player that ends early says why with its exit code.
        }
    }
}
