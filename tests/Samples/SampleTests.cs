using System.Text.RegularExpressions;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Samples;

/// <summary>Every sample is run over real HTTP, and what it prints is looked at.</summary>
[Requirement("DL-03")]
public sealed class SampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Requirement("CL-10", "DL-03")]
    public async Task Chat_answers_three_questions_and_tells_the_model_what_was_said()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("Chat", groq, folder);

        run.Lines.Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Count().ShouldBe(3);
        run.Lines[^1].ShouldMatch(@"^3 answers, \d{2,} tokens$");
        groq.Requests.Select(request => request.BodyText.Split("\"role\"").Length - 1).ShouldBe([2, 4, 6]);
    }

    [Fact]
    [Requirement("CL-12", "DL-03")]
    public async Task Streaming_shows_thoughts_then_words_then_how_quick_they_were()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("Streaming", groq, folder);

        run.Paragraph(0)[0].ShouldMatch(@"^\(thinks: .+\)$");
        run.Paragraph(1)[0].ShouldNotBeNullOrWhiteSpace();
        run.Lines[^1].ShouldMatch(@"^first word after \d+ ms, \d+ tokens in \d+ ms$");
    }

    [Fact]
    [Requirement("CL-11", "DL-03")]
    public async Task Tools_calls_both_methods_and_answers_with_what_they_said()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("Tools", groq, folder);

        run.Lines.ShouldContain(line =>
            line.StartsWith("  GetWeather{", StringComparison.Ordinal)
            && line.EndsWith("""-> {"sky":"light snow","celsius":-2}""", StringComparison.Ordinal)
        );
        run.Lines.ShouldContain(line => line.StartsWith("  FindTrains{", StringComparison.Ordinal));
        run.Lines[^1].ShouldMatch(@"^2 calls, \d+ tokens, Answered$");
    }

    [Fact]
    [Requirement("CL-11", "DL-03")]
    public async Task StructuredOutput_prints_a_recipe_out_of_an_object()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("StructuredOutput", groq, folder);

        run.Lines[0].ShouldMatch(@"^.+ \((Easy|Medium|Hard), \d+ minutes\)$");
        run.Paragraph(1).ShouldAllBe(line => line.StartsWith("  ", StringComparison.Ordinal));
        run.Paragraph(2)[0].ShouldStartWith("  1. ");
    }

    [Fact]
    [Requirement("CL-11", "DL-03")]
    public async Task Vision_shows_its_own_picture_or_yours()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        string own = folder.At("holiday.png");
        File.Copy(Repository.At("samples", "Vision", "lake.png"), own);

        SampleResult run = await Succeed("Vision", groq, folder);
        SampleResult other = await Succeed("Vision", groq, folder, own);

        run.Lines[0].ShouldMatch("^lake.png: .{10,}$");
        run.Lines[1].ShouldMatch(@"^\d{2,} tokens to look at it$");
        other.Lines[0].ShouldStartWith("holiday.png: ");
        groq.Requests.ShouldAllBe(request => request.BodyText.Contains("data:image/png;base64,"));
    }

    [Fact]
    [Requirement("CL-14", "DL-03")]
    public async Task Transcription_writes_subtitles_for_a_recording_of_its_own_or_yours()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("Transcription", groq, folder);
        SampleResult other = await Succeed("Transcription", groq, folder, folder.At("walk.wav"));

        run.Lines[0].ShouldMatch(@"^walk\.wav, [\d.]+ s, .+$");
        run.Paragraph(1)[0].ShouldStartWith("The tide was out.");
        run.Paragraph(2)[0].ShouldBe("1");
        run.Paragraph(2)[1].ShouldMatch(@"^00:00:0\d,\d{3} --> 00:00:\d\d,\d{3}$");
        run.Lines[^1].ShouldBe("wrote walk.vtt");
        File.ReadAllText(folder.At("walk.vtt")).ShouldStartWith("WEBVTT");
        other.Lines.ShouldBe(run.Lines);
    }

    [Fact]
    [Requirement("CL-15", "DL-03")]
    public async Task Speech_joins_its_pieces_to_one_wave_file()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        string text = folder.At("speech.txt");
        File.WriteAllText(text, "Only this.");

        SampleResult run = await Succeed("Speech", groq, folder);
        byte[] sound = File.ReadAllBytes(folder.At("speech.wav"));
        SampleResult other = await Succeed("Speech", groq, folder, text);

        run.Paragraph(0).Length.ShouldBeGreaterThan(1);
        run.Paragraph(0)[0].ShouldStartWith("  [cheerful] Good morning, and welcome aboard.");
        run.Lines[^1].ShouldMatch($@"^wrote speech\.wav: \d pieces, {sound.Length} bytes, first sound after \d+ ms$");
        sound.AsSpan(0, 4).SequenceEqual("RIFF"u8).ShouldBeTrue();
        other.Lines[0].ShouldBe("  Only this.");
    }

    [Fact]
    [Requirement("GW-19", "DL-03")]
    public async Task VoiceAgent_hears_a_question_and_speaks_an_answer()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("VoiceAgent", groq, folder);
        SampleResult other = await Succeed("VoiceAgent", groq, folder, folder.At("question.wav"));

        // What is sent to be heard was resampled, so the simulator makes a transcript up.
        run.Lines[0].ShouldMatch("^> .{5,}$");
        run.Paragraph(0).Length.ShouldBeGreaterThan(1);
        run.Lines[^1].ShouldMatch(@"^wrote answer\.wav: [\d.]+ s, first sound \d+ ms after the question$");
        File.ReadAllBytes(folder.At("answer.wav")).AsSpan(0, 4).SequenceEqual("RIFF"u8).ShouldBeTrue();
        other.Paragraph(0).ShouldBe(run.Paragraph(0));
    }

    [Fact]
    [Requirement("CL-17", "DL-03")]
    public async Task Batch_asks_three_questions_and_reads_three_answers_in_order()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("Batch", groq, folder);

        run.Lines[0].ShouldMatch(@"^batch_\w+ is \w+$");
        run.Lines.ShouldContain("Completed");
        run.Lines[^3..].Select(line => line[..10]).ShouldBe(["review-0: ", "review-1: ", "review-2: "]);
        run.Lines[^3..].ShouldAllBe(line => line.Length > 11);
    }

    [Fact]
    [Requirement("CL-19", "CL-20", "CL-21", "DL-03")]
    public async Task Resilience_gets_over_two_failures_and_shows_its_limits()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        groq.Faults.Set("503", count: 2);

        SampleResult run = await Succeed("Resilience", groq, folder);

        run.Paragraph(0)
            .ShouldBe([
                "1: answered at attempt 3",
                "2: answered at attempt 1",
                "3: answered at attempt 1",
                "4: answered at attempt 1",
                "5: answered at attempt 1",
            ]);
        run.Paragraph(1)[0].ShouldBe("circuit: Closed");
        run.Paragraph(1)
            .ShouldContain(line =>
                Regex.IsMatch(line, @"^Requests a minute: 5\d of 60 left$", RegexOptions.None, Patience)
            );
    }

    [Fact]
    [Requirement("CL-18", "CL-20", "DL-03")]
    public async Task Resilience_says_why_there_is_no_answer()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        groq.Faults.Set("400");

        SampleResult run = await Succeed("Resilience", groq, folder);

        run.Paragraph(0).ShouldAllBe(line => line.Contains(": GroqValidationException, "));
    }

    [Fact]
    [Requirement("CL-24", "CL-25", "CL-26", "DL-03")]
    public async Task Telemetry_prints_the_span_the_metrics_and_the_latency_of_a_call()
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        SampleResult run = await Succeed("Telemetry", groq, folder);

        run.Lines[0].ShouldMatch(@"^chat openai/gpt-oss-20b, [\d.]+ ms$");
        run.Lines.ShouldContain(line => Is(line, "gen_ai.request.model", "openai/gpt-oss-20b"));
        run.Lines.ShouldContain(line => Is(line, "gen_ai.response.finish_reasons", "stop"));
        run.Lines.ShouldContain(line => Is(line, "groq_requests_total", "1 x  1"));
        run.Lines[^1].ShouldMatch(@"^p95: first token [\d.]+ ms, whole [\d.]+ ms$");
    }

    [Theory]
    [InlineData("MinutesBefore")]
    [InlineData("Minutes")]
    [Requirement("DL-03")]
    public async Task Minutes_are_written_before_and_after_the_migration(string name)
    {
        using var folder = new TempDirectory();
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        await Succeed("Transcription", groq, folder); // leaves a recording

        SampleResult run = await Succeed(name, groq, folder, folder.At("walk.wav"));

        run.Lines[0].ShouldMatch(@"^\d+ s in (en|english|English)$");
        string.Concat(run.Lines[1..]).Length.ShouldBeGreaterThan(20);
        groq.Requests.Last().BodyText.ShouldContain("The tide was out.");
    }

    private static bool Is(string line, string name, string value) =>
        line.Contains($" {name} ", StringComparison.Ordinal) && line.EndsWith($" {value}", StringComparison.Ordinal);

    private static async Task<SampleResult> Succeed(
        string name,
        SimulatorServer groq,
        TempDirectory folder,
        params string[] args
    )
    {
        SampleResult run = await Sample.RunAsync(name, groq, folder, args);
        run.Error.ShouldBeEmpty();
        run.Code.ShouldBe(0, run.Output);
        return run;
    }
}
