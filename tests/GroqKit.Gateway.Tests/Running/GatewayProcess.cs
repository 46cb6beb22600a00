using System.Diagnostics;
using System.Text;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>The gateway as its operator starts it: a process of its own, with nothing of this process's environment that it reads.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string ListensOn = "GroqKit Gateway listens on ";

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromMinutes(2);

    private static readonly string[] ReadVariables =
    [
        "GROQ_API_KEY",
        "GROQ_BASE_URL",
        "GROQ_HOST",
        "GROQKIT_ADMIN_KEY",
        "GROQKIT_DATABASE",
        "GROQKIT_CONFIG",
        "GROQKIT_PREVIOUS_MASTER_KEY",
        "GROQKIT_MASTER_KEY",
        "GROQKIT_REDIS",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "ASPNETCORE_URLS",
        "ASPNETCORE_HTTP_PORTS",
        "ASPNETCORE_ENVIRONMENT",
        "DOTNET_ENVIRONMENT",
    ];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _curl = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayProcess(string data, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "GroqKit.Gateway.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (string name in ReadVariables)
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    /// <summary>Everything written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it with a folder of its own as working directory.</summary>
    public static GatewayProcess Start(string data, params (string Name, string Value)[] environment) =>
        StartAt(data, "http://127.0.0.1:0", environment);

    public static GatewayProcess StartAt(string data, string urls, params (string Name, string Value)[] environment) =>
        StartWith(data, ["--urls", urls], environment);

    /// <summary>Runs one of its commands to the end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(
        string data,
        string[] arguments,
        (string Name, string Value)[] environment
    )
    {
        await using GatewayProcess gateway = StartWith(data, arguments, environment);
        return await gateway.ExitAsync();
    }

    private static GatewayProcess StartWith(string data, string[] arguments, (string Name, string Value)[] environment)
    {
        var gateway = new GatewayProcess(data, arguments, environment);
        gateway._process.Start();
        gateway._process.BeginOutputReadLine();
        gateway._process.BeginErrorReadLine();
        return gateway;
    }

    /// <summary>Where it listens, as soon as it says so.</summary>
    public Task<Uri> ListeningAsync() => _listening.Task.WaitAsync(SafetyTimeout);

    /// <summary>The printed curl command, as soon as all of it is there.</summary>
    public Task<string> CurlAsync() => _curl.Task.WaitAsync(SafetyTimeout);

    /// <summary>Ends it as a crash does: at once, with no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    public void Terminate() => Process.Start("kill", ["-TERM", $"{_process.Id}"]).Dispose();

    /// <summary>The exit code, and everything written, once it has ended.</summary>
    public async Task<(int Code, string Output)> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(SafetyTimeout);
        return (_process.ExitCode, Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (line.StartsWith(ListensOn, StringComparison.Ordinal))
            _listening.TrySetResult(new Uri(line[ListensOn.Length..]));
        if (line.TrimStart().StartsWith("-d ", StringComparison.Ordinal))
            _curl.TrySetResult(Output[Output.IndexOf("curl ", StringComparison.Ordinal)..]);
    }
}
