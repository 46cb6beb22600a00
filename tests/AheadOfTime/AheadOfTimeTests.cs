using GroqKit.Simulator.Hosting;

namespace GroqKit.AheadOfTime;

[Requirement("CL-30")]
public sealed class AheadOfTimeTests
{
    [Fact]
    public async Task A_native_program_uses_every_feature_and_is_published_without_a_warning()
    {
        if (NativeProgram.FindProblem() is { } problem)
            Assert.Skip(problem);
        NativeProgram program;
        try
        {
            program = await NativeProgram.PublishAsync();
        }
        catch (NativePackException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
        program.Log.ShouldNotContain("warning");
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        ProgramRun run = await program.RunAsync(groq.BaseAddress);

        run.Code.ShouldBe(0, run.Output);
        run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ShouldBe(Expected, run.Output);
        await TellFiguresAsync(program, groq.BaseAddress);
    }

    private static readonly string[] Expected =
    [
        "chat: answered",
        "conversation: 3 messages",
        "stream: Completed",
        """tools: {"sky":"Clear","celsius":21}""",
        "tools streamed: Answered",
        "structured: answered",
        "vision: answered",
        "IChatClient: answered",
        "speech: True",
        "speech streamed: audio/wav",
        "transcription: The tide was out. We walked to the island.",
        "subtitles: 1",
        "translation: translated",
        "models: openai/gpt-oss-20b",
        "catalogue: True",
        "files: True True",
        "batches: Completed 1",
        "embeddings: 1",
        "responses: completed",
        "responses streamed: completed",
        "reranking: ranked",
        "completions: refused with NotFound",
        "fine-tunings: list",
        "raw: application/json",
        "retries: 2 attempts",
        "errors: NotFound model_not_found",
        "resilience: Closed",
        "latency: True",
        "spans: some",
        "metrics: groq_circuit_breaker_state groq_rate_limit_remaining groq_request_duration_seconds groq_requests_total "
            + "groq_retries_total groq_streaming_first_token_seconds groq_tokens_total",
    ];

    // A time is printed and not judged: whose machine is this?
    private static async Task TellFiguresAsync(NativeProgram program, Uri server)
    {
        List<double> starts = [];
        for (int run = 0; run < 9; run++)
            starts.Add((await program.RunAsync(server, "start")).Took.TotalMilliseconds);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{new FileInfo(program.Path).Length / 1e6:F1} MB, starts in {starts.Order().ElementAt(starts.Count / 2):F0} ms (median of {starts.Count}, process included)"
        );
    }
}
