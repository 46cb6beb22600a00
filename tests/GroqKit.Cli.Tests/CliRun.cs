using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GroqKit.Cli.Tests;

/// <summary>The built command line as a process of its own.</summary>
internal sealed class CliRun
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CliRun(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public static CliRun Start(StubServer server, params string[] args) => Start(server, "gsk_test", args);

    public static CliRun StartWithoutKey(StubServer server, params string[] args) => Start(server, null, args);

    private static CliRun Start(StubServer server, string? key, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GroqKit.Cli.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment["GROQ_BASE_URL"] = server.Address;
        start.Environment.Remove("GROQ_API_KEY");
        if (key is not null)
            start.Environment["GROQ_API_KEY"] = key;
        return new CliRun(Process.Start(start)!);
    }

    public Task SendAsync(string input) => _process.StandardInput.WriteAsync(input);

    public async Task InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<CliResult> EndAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        var result = new CliResult(_process.ExitCode, await _output, await _error);
        _process.Dispose();
        return result;
    }
}
