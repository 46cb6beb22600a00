using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GroqKit.TestKit;

/// <summary>A server that says on loopback where it listens; stopped at the end, with all that it started.</summary>
public sealed partial class ListeningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ListeningProgram(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <param name="program">A file, or a name on the path.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">What is set for it; settings of ours and of providers that this process has are not handed on.</param>
    /// <exception cref="InvalidOperationException">It ended without listening; the message holds all it said.</exception>
    public static async Task<ListeningProgram> StartAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Whoever runs the tests may have a key and settings of their own.
        foreach (string name in start.Environment.Keys.Where(name => Theirs().IsMatch(name)).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        var said = new List<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException(Said()));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ListeningProgram(process, await address.Task.WaitAsync(Patience));
        }
        catch
        {
            await StopAsync(process);
            throw;
        }

        void Hear(string? line)
        {
            if (line is null)
                return;
            lock (said)
                said.Add(line);
            if (Loopback().Match(line) is { Success: true } found)
                address.TrySetResult(new Uri(found.Value));
        }

        string Said()
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    public ValueTask DisposeAsync() => StopAsync(_process);

    private static async ValueTask StopAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Loopback();

    [GeneratedRegex(
        "^(GROQ|OPENAI|ELEVENLABS|ASPNETCORE_|DOTNET_ENVIRONMENT|OTEL_)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Theirs();
}
