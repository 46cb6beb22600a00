using System.Diagnostics;
using System.Globalization;
using System.Text;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Tests.Hosting;

/// <summary>The built command line as a process of its own.</summary>
internal sealed class CliRun
{
    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<string> _error;

    private CliRun(Process process)
    {
        _process = process;
        _output = ReadAsync(process.StandardOutput.BaseStream);
        _error = process.StandardError.ReadToEndAsync();
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The built program, to be started with <c>dotnet</c>.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "GroqKit.Cli.dll");

    public static CliRun Start(StubServer server, params string[] args) => Start(At(server.Address), args);

    public static CliRun Start(SimulatorServer server, params string[] args) => Start(At(server), args);

    public static CliRun StartWithoutKey(StubServer server, params string[] args) =>
        Start(At(server.Address) with { Key = null }, args);

    public static CliRun Start(CliPlace place, params string[] args) =>
        new(Process.Start(place.Program("dotnet", [Assembly, .. args]))!);

    /// <summary>Runs a line of the shell, in which <c>$groqkit</c> is the program.</summary>
    public static CliRun Shell(CliPlace place, string line)
    {
        ProcessStartInfo start = place.Program("bash", ["-c", line]);
        start.Environment["groqkit"] = $"dotnet {Assembly}";
        return new CliRun(Process.Start(start)!);
    }

    public static CliPlace At(SimulatorServer server) => At(server.BaseAddress.AbsoluteUri);

    public static CliPlace At(string address) => new(address);

    public Task SendAsync(string input) => _process.StandardInput.WriteAsync(input);

    public Task InterruptAsync() => SignalAsync("-INT");

    /// <summary>As a power cut would: the process gets no chance to do anything.</summary>
    public Task KillAsync() => SignalAsync("-KILL");

    public async Task<CliResult> EndAsync() => (await EndWithBytesAsync()).Result;

    /// <summary>For output that is no text.</summary>
    public async Task<(CliResult Result, byte[] Output)> EndWithBytesAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        byte[] output = await _output;
        var result = new CliResult(_process.ExitCode, Encoding.UTF8.GetString(output), await _error);
        _process.Dispose();
        return (result, output);
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
