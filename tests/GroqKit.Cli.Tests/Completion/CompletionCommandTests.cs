namespace GroqKit.Cli.Tests.Completion;

[Requirement("CM-01")]
public sealed class CompletionCommandTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("groqkit tr", "transcribe,translate")]
    [InlineData("groqkit completion ", "bash,fish,pwsh,zsh")]
    [InlineData("groqkit models --capability visio", "vision")]
    [InlineData("groqkit models gemma2", "gemma2-9b-it")]
    [InlineData("groqkit chat -m gemma2", "gemma2-9b-it")]
    [InlineData("groqkit batch --model gemma2", "gemma2-9b-it")]
    [InlineData("groqkit speak --voice dan", "daniel")]
    [InlineData("groqkit chat --no-s", "--no-stream")]
    [InlineData("groqkit", "")]
    [InlineData("groqkit chat ", "")]
    public async Task What_may_come_next_is_listed_a_line_each(string line, string expected)
    {
        CliResult result = await CliRun.Start(CliRun.At("http://127.0.0.1:9"), "complete", line).EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        result
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Theory]
    [InlineData(
        "bash",
        "source <(groqkit completion bash); COMP_LINE='groqkit trans'; COMP_POINT=13; COMP_WORDS=(groqkit trans); COMP_CWORD=1; _groqkit; printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p groqkit >&2"
    )]
    [InlineData("fish", "groqkit completion fish | source; complete --do-complete 'groqkit trans'")]
    [InlineData(
        "zsh",
        "compdef() { :; }; compadd() { shift; print -l -- ${(P)1}; }; source <(groqkit completion zsh); words=(groqkit trans); CURRENT=2; _groqkit"
    )]
    [InlineData(
        "pwsh",
        "groqkit completion pwsh | Out-String | Invoke-Expression; (TabExpansion2 'groqkit trans' 13).CompletionMatches.CompletionText"
    )]
    public async Task The_script_of_a_shell_completes_there(string shell, string line)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(
            folders.Any(folder => File.Exists(Path.Combine(folder, shell))),
            $"{shell} is not installed."
        );
        string program = _folder.At("groqkit");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{CliRun.Assembly}' \"$@\"\n");
        ProgramFile.Allow(program);
        await File.WriteAllTextAsync(_folder.At("line"), line);

        CliResult result = await CliRun
            .Shell(CliRun.At("http://127.0.0.1:9"), $"PATH='{_folder.FullPath}':$PATH {shell} '{_folder.At("line")}'")
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        result
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["transcribe", "translate"], ignoreOrder: true);
    }
}
