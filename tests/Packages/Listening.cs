using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GroqKit.Packages;

/// <summary>An installed server, started on a free port and stopped at the end.</summary>
internal sealed partial class Listening : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Listening(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <exception cref="InvalidOperationException">It ended without listening; the message holds all it said.</exception>
    public static async Task<Listening> StartAsync(
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
            return new Listening(process, await address.Task.WaitAsync(Patience));
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
