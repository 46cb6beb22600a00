using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GroqKit.TestKit.Servers;

/// <summary>
/// A server that runs as a child process. It ends with its owner, even when that is killed: a shell between them waits for the pipe
/// that only the owner holds to close.
/// </summary>
internal sealed class ChildServer : IAsyncDisposable
{
    // Only the guard writes to its own output, and only the child's id: what the child says goes where errors go, or its first line could come first.
    private const string Guard = """
        "$@" </dev/null >&2 &
        child=$!
        echo "$child"
        read -r _
        kill -INT "$child" 2>/dev/null
        kill -CONT "$child" 2>/dev/null
        wait "$child"
        """;

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromMinutes(2);

    private readonly Process _guard;
    private readonly int _id;

    private ChildServer(Process guard, int id)
    {
        _guard = guard;
        _id = id;
    }

    /// <summary>Starts a program and waits until a line of its output holds <paramref name="ready"/>.</summary>
    /// <exception cref="InvalidOperationException">It said nothing of the kind for two minutes; the message holds its output.</exception>
    public static async Task<ChildServer> StartAsync(IReadOnlyList<string> command, string ready)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["-c", Guard, "sh", .. command])
            start.ArgumentList.Add(argument);
        Process guard = Process.Start(start)!;
        var output = new StringBuilder();
        var isReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        guard.ErrorDataReceived += (_, line) => Take(line.Data);
        guard.BeginErrorReadLine();
        string? said = await guard.StandardOutput.ReadLineAsync().WaitAsync(SafetyTimeout);
        int id = int.Parse(said!, CultureInfo.InvariantCulture);
        var server = new ChildServer(guard, id);
        try
        {
            await isReady.Task.WaitAsync(SafetyTimeout);
            return server;
        }
        catch (TimeoutException timeout)
        {
            await server.DisposeAsync();
            lock (output)
                throw new InvalidOperationException($"{command[0]} did not start: {output}", timeout);
        }

        void Take(string? line)
        {
            lock (output)
                output.AppendLine(line);
            if (line?.Contains(ready, StringComparison.Ordinal) is true)
                isReady.TrySetResult();
        }
    }

    /// <summary>A port that nobody listened on a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> command) =>
        (await Command.SucceedAsync(command[0], command.Skip(1), Environment.CurrentDirectory)).Output;

    /// <summary>Stops the server and its children where they stand, as a machine does that hangs.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets a frozen server go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("CONT");
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync().WaitAsync(SafetyTimeout);
        _guard.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        int[] all = [_id, .. Children(_id)];
        // A child may end between being listed and being told.
        await RunAsync(["/bin/sh", "-c", $"kill -{signal} {string.Join(' ', all)} 2>/dev/null || true"]);
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id))
                continue;
            if (ParentOf(id) == parent)
                yield return id;
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            // After the name in parentheses: the state, then the parent.
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
