using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Tests.Speech;

[Requirement("CM-01")]
public sealed class SpeakCommandTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_text_becomes_a_file_that_says_it()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string file = _folder.At("said.wav");

        CliResult said = await CliRun
            .Start(server, ["speak", "Dinner", "is ready.", "-v", "daniel", "-o", file, "--json"])
            .EndAsync();

        said.ExitCode.ShouldBe(0, said.Error);
        JsonElement report = JsonElement.Parse(said.Output);
        report.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(file).Length);
        CliResult heard = await CliRun.Start(server, "transcribe", file).EndAsync();
        heard.Output.ShouldBe("Dinner is ready.\n");
        server.Requests.First().BodyText.ShouldContain("\"voice\":\"daniel\"");
    }

    [Theory]
    [InlineData("speak -o -")]
    [InlineData("speak")]
    public async Task A_pipe_gets_the_sound_and_nothing_else(string command)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        CliRun run = CliRun.Start(server, command.Split(' '));
        await run.SendAsync("From a pipe. And more than one sentence of it.");

        var (result, sound) = await run.EndWithBytesAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        Encoding.ASCII.GetString(sound, 0, 4).ShouldBe("RIFF");
        result.Error.ShouldBe("");
    }

    [Fact]
    public async Task Without_a_terminal_for_sound_the_first_player_that_is_installed_plays_it()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string heard = _folder.At("heard.wav");
        string player = _folder.At("bin", "ffplay");
        await File.WriteAllTextAsync(player, $"#!/bin/sh\ncat > '{heard}'\n");
        ProgramFile.Allow(player);

        // A terminal is what the command asks for a player; script makes one.
        CliResult result = await CliRun
            .Shell(
                CliRun.At(server),
                $"PATH='{_folder.At("bin")}':$PATH script -qec \"$groqkit speak Hello.\" /dev/null"
            )
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Output);
        Encoding.ASCII.GetString(await File.ReadAllBytesAsync(heard), 0, 4).ShouldBe("RIFF");
    }

    [Fact]
    public async Task A_player_that_fails_is_told_of_in_one_line()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        string player = _folder.At("bin", "ffplay");
        await File.WriteAllTextAsync(player, "#!/bin/sh\necho no sound card >&2\nexit 3\n");
        ProgramFile.Allow(player);

        CliResult result = await CliRun
            .Shell(
                CliRun.At(server),
                $"PATH='{_folder.At("bin")}':$PATH script -qec \"$groqkit speak Hello.\" /dev/null"
            )
            .EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Output.TrimEnd().ShouldEndWith("groqkit: ffplay could not play the sound: no sound card");
    }

    [Fact]
    public async Task A_break_in_the_middle_leaves_no_file()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        server.Faults.Set("500");

        CliResult result = await CliRun.Start(server, "speak", "Hello.", "-o", _folder.At("said.wav")).EndAsync();

        result.ExitCode.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(_folder.FullPath).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("there is nothing to say", "speak")]
    [InlineData("--speed: must be from 0.5 to 5", "speak", "hi", "--speed", "9")]
    [InlineData("--voice: lulwa is a voice of", "speak", "hi", "--voice", "lulwa")]
    [InlineData("--file: there is no file nix.txt", "speak", "--file", "nix.txt")]
    [InlineData("--json needs -o FILE", "speak", "hi", "--json")]
    [InlineData("--file and a text exclude each other", "speak", "hi", "--file", "a.txt")]
    public async Task Wrong_usage_is_one_line_and_code_2(string part, params string[] args)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(server, args).EndAsync();

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
        server.Requests.ShouldBeEmpty();
    }
}
