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
    private const string Guard = """
        "$@" </dev/null &
        child=$!
        echo "$child"
        read -r _
        kill -INT "$child" 2>/dev/null
        kill -CONT "$child" 2>/dev/null
        wait "$child"
        """;

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _guard;
    private readonly StringBuilder _output;
    private readonly int _id;

    private ChildServer(Process guard, StringBuilder output, int id)
    {
        _guard = guard;
        _output = output;
        _id = id;
    }

    /// <summary>Starts a program and waits until <paramref name="isReady"/> says yes.</summary>
    public static async Task<ChildServer> StartAsync(IReadOnlyList<string> command, Func<Task<bool>> isReady)
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
        var firstLine = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        guard.OutputDataReceived += (_, line) =>
        {
            if (!firstLine.TrySetResult(line.Data))
                Keep(output, line.Data);
        };
        guard.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        guard.BeginOutputReadLine();
        guard.BeginErrorReadLine();
        int id = int.Parse((await firstLine.Task.WaitAsync(SafetyTimeout))!, CultureInfo.InvariantCulture);
        var server = new ChildServer(guard, output, id);
        long began = TimeProvider.System.GetTimestamp();
        while (!await isReady())
        {
            if (TimeProvider.System.GetElapsedTime(began) > SafetyTimeout || !IsAlive(id))
            {
                await server.DisposeAsync();
                lock (output)
                    throw new InvalidOperationException($"{command[^1]} did not start: {output}");
            }
            await Task.Delay(Pause, TimeProvider.System);
        }
        return server;
    }

    /// <summary>A port that nobody listened on a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether something accepts connections there.</summary>
    public static async Task<bool> AcceptsAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed: {await errors}");
    }

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

    private static void Keep(StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private static bool IsAlive(int id) => File.Exists($"/proc/{id}/stat");

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
