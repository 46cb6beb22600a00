using System.Diagnostics;
using System.Globalization;

namespace GroqKit.Bench.Client;

/// <summary>An <see cref="Upstream"/> in a process of its own, so that its work and memory are not taken for the client's.</summary>
internal sealed class UpstreamProcess : IAsyncDisposable
{
    public const string Mode = "upstream";

    private readonly Process _process;

    private UpstreamProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    /// <param name="delay">How long a whole answer takes, in milliseconds.</param>
    /// <param name="pace">From chunk to chunk, in milliseconds.</param>
    /// <param name="chunks">How many chunks a stream has.</param>
    public static async Task<UpstreamProcess> StartAsync(int delay = 0, int pace = 0, int chunks = 0)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { Mode, Text(delay), Text(pace), Text(chunks) },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string address =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The upstream did not start.");
        return new UpstreamProcess(process, address);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
