using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Requests;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Faults;

[Requirement("SM-01")]
public sealed class StreamFaultTests(Sim sim) : IClassFixture<Sim>
{
    private static readonly string Stream = Sim.Chat("\"stream\":true");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_sends_the_first_frames_and_resets_the_connection()
    {
        using HttpResponseMessage response = await OpenAsync(Stream, "cut:after=2");

        (string text, Exception? broken) = await ReadUntilItBreaksAsync(response);

        broken.ShouldNotBeNull();
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        text.ShouldNotContain("[DONE]");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("reset")]
    public async Task A_whole_answer_can_be_cut_or_reset_too(string fault)
    {
        await Should.ThrowAsync<HttpRequestException>(() => sim.ChatAsync(Sim.Chat(), ("x-sim-fault", fault)));
    }

    [Fact]
    public async Task A_fault_due_after_the_end_still_happens_at_the_closing_frame()
    {
        using HttpResponseMessage response = await OpenAsync(Stream, "cut:after=100000");

        (string text, Exception? broken) = await ReadUntilItBreaksAsync(response);

        broken.ShouldNotBeNull();
        text.ShouldNotContain("\"finish_reason\":\"stop\"");
    }

    [Fact]
    public async Task Malformed_spoils_one_frame_and_goes_on()
    {
        Reply reply = await sim.ChatAsync(Stream, ("x-sim-fault", "malformed:after=1"));

        string[] broken = [.. reply.Events.Select(item => item.Data).Where(data => data != "[DONE]" && !IsJson(data))];
        broken.ShouldHaveSingleItem().ShouldStartWith("{\"id\"");
        reply.Events[^1].Data.ShouldBe("[DONE]");
    }

    [Fact]
    public async Task Malformed_ends_a_whole_body_in_the_middle_of_its_json()
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "malformed"));

        reply.Status.ShouldBe(200);
        IsJson(reply.Text).ShouldBeFalse();
    }

    [Fact]
    public async Task No_done_ends_the_stream_properly_without_the_mark()
    {
        Reply reply = await sim.ChatAsync(Stream, ("x-sim-fault", "no-done"));

        reply.Text.ShouldNotContain("[DONE]");
        reply.Text.ShouldContain("\"finish_reason\":\"stop\"");
    }

    [Fact]
    public async Task Error_event_breaks_the_stream_off_with_the_error_and_its_status()
    {
        Reply reply = await sim.ChatAsync(Stream, ("x-sim-fault", "error-event:after=2;status=503"));

        reply.Status.ShouldBe(200);
        reply.Events[^1].EventType.ShouldBe("error");
        GroqContract.ValidateError(reply.Events[^1].Data).ShouldBeEmpty();
        JsonElement error = JsonElement.Parse(reply.Events[^1].Data).GetProperty("error");
        error.GetProperty("status_code").GetInt32().ShouldBe(503);
        reply.Text.ShouldNotContain("[DONE]");
    }

    [Fact]
    public async Task Error_event_below_500_is_a_failed_tool_call_with_the_generation()
    {
        Reply stream = await sim.ChatAsync(Stream, ("x-sim-fault", "error-event:after=0;status=400"));
        Reply whole = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "error-event:status=400"));

        JsonElement error = JsonElement.Parse(stream.Events[^1].Data).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("tool_use_failed");
        error.GetProperty("failed_generation").GetString().ShouldNotBeNullOrEmpty();
        whole.Status.ShouldBe(400);
        whole.Error.GetProperty("code").GetString().ShouldBe("tool_use_failed");
        whole.Error.TryGetProperty("status_code", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Stall_sends_the_first_frames_and_then_nothing_until_the_caller_leaves()
    {
        using HttpResponseMessage response = await OpenAsync(Stream, "stall:after=2");
        await using System.IO.Stream body = await response.Content.ReadAsStreamAsync(Stop);
        using var reader = new StreamReader(body);
        for (int i = 0; i < 6; i++)
            (await reader.ReadLineAsync(Stop)).ShouldNotBeNull();
        ValueTask<string?> next = reader.ReadLineAsync(Stop);

        next.IsCompleted.ShouldBeFalse();
        response.Dispose();

        RecordedRequest record = await sim.Server.Requests.WaitForAsync(
            request => request.Fault is "stall:after=2" && request.EndedAt is not null,
            Stop
        );
        record.Outcome.ShouldBe(RequestOutcome.ClientGone);
    }

    [Theory]
    [InlineData("slow-headers:ms=4000", true)]
    [InlineData("slow-first-token:ms=4000", false)]
    [InlineData("stall:after=1;ms=4000", false)]
    public async Task A_wait_takes_as_long_as_the_clock_says_and_the_answer_is_whole(string fault, bool holdsHeaders)
    {
        var time = new ManualTimeProvider();
        await using Sim slow = await Sim.StartAsync(new SimulatorOptions { TimeProvider = time });
        using var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new StringContent(Stream, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-sim-fault", fault);

        Task<HttpResponseMessage> sending = slow.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Stop
        );
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);
        if (holdsHeaders)
            sending.IsCompleted.ShouldBeFalse();
        else
            (await sending).IsSuccessStatusCode.ShouldBeTrue();
        time.Pending.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromSeconds(4));
        time.Advance(TimeSpan.FromSeconds(4));

        using HttpResponseMessage response = await sending;
        Reply reply = await Reply.ReadAsync(response, Stop);
        reply.Events[^1].Data.ShouldBe("[DONE]");
    }

    [Fact]
    public async Task Hang_never_answers()
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<HttpResponseMessage> sending = sim.Http.PostAsync(
            $"{Sim.ChatPath}?hang",
            new StringContent(Sim.Chat(model: "sim/hang")),
            leave.Token
        );
        await sim.Server.Requests.WaitForAsync(request => request.Fault is "hang", Stop);
        sending.IsCompleted.ShouldBeFalse();

        await leave.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        RecordedRequest record = await sim.Server.Requests.WaitForAsync(
            request => request.Fault is "hang" && request.EndedAt is not null,
            Stop
        );
        record.Outcome.ShouldBe(RequestOutcome.ClientGone);
        record.Status.ShouldBe(0);
    }

    [Fact]
    public async Task Several_faults_act_together()
    {
        Reply reply = await sim.ChatAsync(Stream, ("x-sim-fault", "malformed:after=0, no-done, slow-first-token:ms=0"));

        reply.Text.ShouldContain("[{\"ind\n\n");
        reply.Text.ShouldNotContain("[DONE]");
    }

    [Theory]
    [InlineData("slow-first-token:ms=0,error-event")]
    [InlineData("slow-first-token:ms=0,malformed")]
    public async Task What_needs_the_headers_back_cuts_an_answer_that_has_begun(string faults)
    {
        await Should.ThrowAsync<HttpRequestException>(() => sim.ChatAsync(Sim.Chat(), ("x-sim-fault", faults)));
    }

    private Task<HttpResponseMessage> OpenAsync(string body, string fault)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-sim-fault", fault);
        return sim.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private static async Task<(string Text, Exception? Broken)> ReadUntilItBreaksAsync(HttpResponseMessage response)
    {
        var received = new MemoryStream();
        Exception? broken = await Record.ExceptionAsync(() => response.Content.CopyToAsync(received, Stop));
        return (Encoding.UTF8.GetString(received.ToArray()), broken);
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
