namespace GroqKit.Cli.Tests.Serving;

/// <summary>The gateway is a script here that tells what it was given.</summary>
[Requirement("CM-01")]
public sealed class ServeCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("groqkit-serve-");

    [Fact]
    public async Task The_gateway_gets_everything_behind_serve_and_its_exit_code_is_handed_on()
    {
        CliPlace place = Place("echo \"$@\" at $GROQ_BASE_URL; exit 7");

        CliResult result = await CliRun
            .Start(place, "serve", "config", "check", "--urls", "http://127.0.0.1:0")
            .EndAsync();

        result.ShouldBe(new CliResult(7, "config check --urls http://127.0.0.1:0 at http://127.0.0.1:9\n", ""));
    }

    [Fact]
    public async Task A_signal_reaches_the_gateway_which_ends_in_its_own_time()
    {
        string ready = Path.Combine(_folder.FullName, "ready");
        using var watcher = new FileSystemWatcher(_folder.FullName, "ready") { EnableRaisingEvents = true };
        var begun = new TaskCompletionSource();
        watcher.Created += (_, _) => begun.TrySetResult();
        CliPlace place = Place($"trap 'echo ended; exit 0' TERM\ntouch '{ready}'\nwhile :; do sleep 0.05; done");

        CliRun run = CliRun.Start(place, "serve");
        await begun.Task.WaitAsync(CliRun.Patience);
        await run.InterruptAsync();

        (await run.EndAsync()).ShouldBe(new CliResult(0, "ended\n", ""));
    }

    [Fact]
    public async Task Without_the_gateway_one_line_says_how_to_install_it()
    {
        CliPlace place = CliRun.At("http://127.0.0.1:9") with
        {
            Environment = new Dictionary<string, string?> { ["HOME"] = _folder.FullName },
        };

        CliResult result = await CliRun.Start(place, "serve").EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith("groqkit: groqkit-gateway is not installed: dotnet tool install");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private CliPlace Place(string script)
    {
        string tools = Path.Combine(_folder.FullName, ".dotnet", "tools");
        Directory.CreateDirectory(tools);
        string program = Path.Combine(tools, "groqkit-gateway");
        File.WriteAllText(program, $"#!/usr/bin/env bash\n{script}\n");
        ProgramFile.Allow(program);
        return CliRun.At("http://127.0.0.1:9") with
        {
            Environment = new Dictionary<string, string?> { ["HOME"] = _folder.FullName },
        };
    }
}
