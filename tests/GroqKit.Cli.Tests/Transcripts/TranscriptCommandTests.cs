using System.Text.Json;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Tests.Transcripts;

[Requirement("CM-01")]
public sealed class TranscriptCommandTests : IDisposable
{
    private const string Words = "The tide was out. We walked to the island.";

    private readonly TempDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("txt", "The tide was out. We walked to the island.\n")]
    [InlineData("srt", "1\n00:00:00,000 --> ")]
    [InlineData("vtt", "WEBVTT\n\n")]
    [InlineData("json", "{\"text\":\"The tide was out.")]
    public async Task One_recording_is_printed_in_the_format_that_was_asked_for(string format, string beginning)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string talk = await SaveAsync(server, "talk.wav");

        CliResult result = await CliRun.Start(server, "transcribe", talk, "-f", format).EndAsync();

        result.ShouldSatisfyAllConditions(() => result.Error.ShouldBe(""), () => result.ExitCode.ShouldBe(0));
        result.Output.ShouldStartWith(beginning);
        result.Output.ShouldEndWith("\n");
        Directory.GetFiles(_folder.FullPath).ShouldBe([talk]);
    }

    [Fact]
    public async Task A_recording_from_a_pipe_is_heard()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string talk = await SaveAsync(server, "talk.wav");

        CliResult result = await CliRun
            .Shell(CliRun.At(server), $"cat '{talk}' | $groqkit transcribe -; cat '{talk}' | $groqkit transcribe")
            .EndAsync();

        result.ShouldBe(new CliResult(0, $"{Words}\n{Words}\n", ""));
    }

    [Fact]
    public async Task A_translation_goes_to_the_other_endpoint()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string talk = await SaveAsync(server, "talk.wav");

        CliResult result = await CliRun.Start(server, "translate", talk).EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        server.Requests.Last().Path.ShouldEndWith("/audio/translations");
        server.Requests.Last().BodyText.ShouldContain("whisper-large-v3");
    }

    [Fact]
    public async Task Options_reach_the_request()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string talk = await SaveAsync(server, "talk.wav");

        await CliRun
            .Start(
                server,
                ["transcribe", talk, "-l", "en", "--prompt", "Skerries", "-t", "0.5", "-m", "whisper-large-v3"]
            )
            .EndAsync();

        string sent = server.Requests.Last().BodyText;
        foreach (string value in (string[])["\r\n\r\nen\r\n", "Skerries", "0.5", "whisper-large-v3"])
            sent.ShouldContain(value);
    }

    [Fact]
    public async Task Files_folders_and_patterns_go_beside_themselves_with_all_formats_from_one_call()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string one = await SaveAsync(server, "one.wav");
        await SaveAsync(server, "a folder", "zwei & grün.wav");
        await SaveAsync(server, "pattern", "x1.wav");
        await SaveAsync(server, "pattern", "y1.wav");
        await File.WriteAllTextAsync(_folder.At("a folder", "notes.md"), "not a recording");

        CliResult result = await CliRun
            .Start(
                CliRun.At(server) with
                {
                    Folder = _folder.FullPath,
                },
                ["transcribe", one, "a folder", "pattern/x*.wav", "-f", "txt,srt"]
            )
            .EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        (await File.ReadAllTextAsync(_folder.At("one.txt"))).ShouldBe($"{Words}\n");
        (await File.ReadAllTextAsync(_folder.At("a folder", "zwei & grün.srt"))).ShouldContain("-->");
        File.Exists(_folder.At("pattern", "x1.txt")).ShouldBeTrue();
        File.Exists(_folder.At("pattern", "y1.txt")).ShouldBeFalse();
        server.Requests.Count(request => request.Path.EndsWith("transcriptions", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task Folders_within_folders_keep_their_places_and_like_names_their_endings()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        await SaveAsync(server, "in", "deep", "talk.wav");
        string wav = await SaveAsync(server, "in", "talk.wav");
        File.Copy(wav, _folder.At("in", "talk.mp3"));

        CliResult result = await CliRun
            .Start(server, "transcribe", _folder.At("in"), "--recursive", "-o", _folder.At("out"), "--json")
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        Made("out").ShouldBe(["deep/talk.txt", "talk.mp3.txt", "talk.wav.txt"]);
        JsonElement[] lines = [.. result.Output.TrimEnd().Split('\n').Select(line => JsonElement.Parse(line))];
        lines.Length.ShouldBe(3);
        lines.ShouldAllBe(line => line.GetProperty("status").GetString() == "transcribed");
    }

    [Fact]
    public async Task Folders_that_are_links_are_not_searched()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        await SaveAsync(server, "in", "deep", "talk.wav");
        Directory.CreateSymbolicLink(_folder.At("in", "deep", "up"), _folder.At("in"));
        Directory.CreateSymbolicLink(_folder.At("in", "again"), _folder.At("in", "deep"));

        CliResult result = await CliRun
            .Start(server, "transcribe", _folder.At("in"), "--recursive", "-o", _folder.At("out"))
            .EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        Made("out").ShouldBe(["deep/talk.txt"]);
    }

    [Fact]
    public async Task What_fails_does_not_keep_the_others_and_is_told_apart()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        await SaveAsync(server, "good.wav");
        await File.WriteAllBytesAsync(_folder.At("empty.wav"), []);
        await File.WriteAllTextAsync(_folder.At("text.mp3"), "FORM1234AIFF and so on");

        CliResult result = await CliRun.Start(server, "transcribe", _folder.FullPath, "--json").EndAsync();

        result.ExitCode.ShouldBe(3);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        result.Error.ShouldContain("empty.wav: is empty.\n");
        result.Error.ShouldContain("text.mp3: The content is AIFF, which Groq does not take.");
        result.Output.Split('\n').Count(line => line.Contains("\"failed\"", StringComparison.Ordinal)).ShouldBe(2);
        File.Exists(_folder.At("good.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_not_replaced_unless_forced()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        await SaveAsync(server, "talk.wav");
        await File.WriteAllTextAsync(_folder.At("talk.txt"), "my own notes");

        CliResult careful = await CliRun.Start(server, "transcribe", _folder.FullPath).EndAsync();

        careful.ExitCode.ShouldBe(1);
        careful.Error.ShouldContain("talk.txt is in the way; --force replaces it");
        (await File.ReadAllTextAsync(_folder.At("talk.txt"))).ShouldBe("my own notes");
        (await CliRun.Start(server, "transcribe", _folder.FullPath, "--force").EndAsync()).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(_folder.At("talk.txt"))).ShouldBe($"{Words}\n");
    }

    [Fact]
    public async Task A_wrong_key_ends_the_run_at_once_with_one_line()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        for (int i = 0; i < 20; i++)
            await SaveAsync(server, $"{i}.wav");

        CliResult result = await CliRun
            .Start(CliRun.At(server) with { Key = "invalid" }, "transcribe", _folder.FullPath, "-p", "1")
            .EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
        result.Error.ShouldContain("401");
        server.Requests.Count(request => request.Path.EndsWith("transcriptions", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("standard input: is empty", "transcribe")]
    [InlineData("nix.wav: there is no such file or folder", "transcribe", "nix.wav")]
    [InlineData("must be a file, a folder or an https address", "transcribe", "http://example.com/a.mp3")]
    [InlineData("no file fits this pattern", "transcribe", "*.nix")]
    [InlineData(
        "--format must be txt, json, srt or vtt, not 'doc'",
        "transcribe",
        "https://example.com/a.mp3",
        "-f",
        "doc"
    )]
    [InlineData("--parallel must be from 1 to 64, not 0", "transcribe", "https://example.com/a.mp3", "-p", "0")]
    [InlineData("several formats need a folder", "transcribe", "https://example.com/a.mp3", "-f", "txt,srt")]
    [InlineData("--temperature: must be from 0 to 1", "transcribe", "https://example.com/a.mp3", "-t", "2")]
    [InlineData("'-' takes one recording", "transcribe", "https://e.com/a.mp3", "https://e.com/b.mp3", "-o", "-")]
    [InlineData("there is no option --language", "translate", "https://example.com/a.mp3", "--language", "de")]
    public async Task Wrong_usage_is_one_line_and_code_2(string part, params string[] args)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(CliRun.At(server) with { Folder = _folder.FullPath }, args).EndAsync();

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
        server.Requests.ShouldBeEmpty();
    }

    private async Task<string> SaveAsync(SimulatorServer server, params string[] parts)
    {
        string path = _folder.At(parts);
        await File.WriteAllBytesAsync(path, await Recordings.SayAsync(server, Words));
        server.Requests.Clear();
        return path;
    }

    private string[] Made(string folder) =>
        [
            .. Directory
                .EnumerateFiles(_folder.At(folder), "*.txt", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_folder.At(folder), file))
                .Order(StringComparer.Ordinal),
        ];
}
