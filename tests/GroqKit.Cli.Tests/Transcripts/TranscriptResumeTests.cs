using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Cli.Tests.Transcripts;

[Requirement("CM-01")]
public sealed class TranscriptResumeTests : IDisposable
{
    private const int Files = 100;
    private const string Journal = ".groqkit-transcripts.jsonl";

    private readonly TempDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_of_a_hundred_files_that_is_killed_goes_on_where_it_stopped()
    {
        await using SimulatorServer server = await StartAsync();
        await RecordAsync(server);
        server.Faults.Set("slow-headers:ms=40");
        CliRun killed = CliRun.Start(server, "transcribe", _folder.FullPath, "-p", "4");
        await server.Requests.WaitForAsync(_ => server.Requests.Count >= 40).WaitAsync(CliRun.Patience);
        await killed.KillAsync();
        (await killed.EndAsync()).ExitCode.ShouldNotBe(0);
        string[] done = await File.ReadAllLinesAsync(_folder.At(Journal));
        server.Faults.Clear();
        server.Requests.Clear();

        CliResult result = await CliRun.Start(server, "transcribe", _folder.FullPath, "-p", "4").EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        done.Length.ShouldBeInRange(30, 45);
        server.Requests.Count.ShouldBe(Files - done.Length);
        for (int i = 0; i < Files; i++)
            (await File.ReadAllTextAsync(_folder.At($"{i:000}.txt"))).ShouldBe("One two.\n");
        Directory.EnumerateFiles(_folder.FullPath, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_done_is_done_again_only_when_recording_or_wish_changed_or_it_is_forced()
    {
        await using SimulatorServer server = await StartAsync();
        await RecordAsync(server, files: 3);
        async Task<int> AskedAsync(params string[] more)
        {
            server.Requests.Clear();
            CliResult result = await CliRun.Start(server, ["transcribe", _folder.FullPath, .. more]).EndAsync();
            result.ExitCode.ShouldBe(0, result.Error);
            return server.Requests.Count;
        }

        (await AskedAsync()).ShouldBe(3);
        (await AskedAsync()).ShouldBe(0);
        File.SetLastWriteTimeUtc(_folder.At("001.wav"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await AskedAsync()).ShouldBe(1);
        File.Delete(_folder.At("002.txt"));
        (await AskedAsync()).ShouldBe(1);
        (await AskedAsync("--language", "en")).ShouldBe(3);
        (await AskedAsync("--language", "en", "--force")).ShouldBe(3);
    }

    [Fact]
    public async Task A_journal_that_was_cut_off_in_the_middle_of_a_line_is_read_up_to_there()
    {
        await using SimulatorServer server = await StartAsync();
        await RecordAsync(server, files: 2);
        await CliRun.Start(server, "transcribe", _folder.FullPath, "-p", "1").EndAsync();
        string journal = await File.ReadAllTextAsync(_folder.At(Journal));
        await File.WriteAllTextAsync(_folder.At(Journal), journal[..^20]);
        server.Requests.Clear();

        CliResult result = await CliRun.Start(server, "transcribe", _folder.FullPath, "--force").EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        (await File.ReadAllLinesAsync(_folder.At(Journal))).Length.ShouldBe(3);
    }

    [Fact]
    public async Task An_interrupt_leaves_only_whole_files_and_is_code_130()
    {
        await using SimulatorServer server = await StartAsync();
        await RecordAsync(server, files: 20);
        server.Faults.Set("slow-headers:ms=50");
        CliRun run = CliRun.Start(server, "transcribe", _folder.FullPath, "-p", "2");
        await server.Requests.WaitForAsync(_ => server.Requests.Count >= 6).WaitAsync(CliRun.Patience);

        await run.InterruptAsync();

        (await run.EndAsync()).ShouldBe(new CliResult(130, "", ""));
        string[] made = Directory.GetFiles(_folder.FullPath, "*.txt");
        made.Length.ShouldBeInRange(1, 19);
        made.ShouldAllBe(file => File.ReadAllText(file) == "One two.\n");
        Directory.EnumerateFiles(_folder.FullPath, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_run_in_the_same_folder_is_refused_while_the_first_is_at_work()
    {
        await using SimulatorServer server = await StartAsync();
        await RecordAsync(server, files: 4);
        server.Faults.Set("hang");
        CliRun first = CliRun.Start(server, "transcribe", _folder.FullPath);
        await server.Requests.WaitForAsync(_ => true).WaitAsync(CliRun.Patience);

        CliResult second = await CliRun.Start(server, "transcribe", _folder.FullPath).EndAsync();

        second.ExitCode.ShouldBe(2);
        second.Error.ShouldContain("another groqkit is at work here");
        await first.KillAsync();
        await first.EndAsync();
    }

    private static Task<SimulatorServer> StartAsync() =>
        SimulatorServer.StartAsync(new SimulatorOptions { RateLimits = RateLimitPlan.Off });

    private async Task RecordAsync(SimulatorServer server, int files = Files)
    {
        byte[] speech = await Recordings.SayAsync(server, "One two.");
        for (int i = 0; i < files; i++)
            await File.WriteAllBytesAsync(_folder.At($"{i:000}.wav"), speech);
        server.Requests.Clear();
    }
}
