using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Forwarding;

[Requirement("GW-02")]
public sealed class EventScannerTests
{
    private static readonly string[] Pieces =
    [
        Chunks.Role,
        Chunks.Word("Grüße 😀"),
        Chunks.Word("[DONE]"),
        ": a comment\n",
        ": a comment\n\n",
        "id: 7\nretry: 10\n",
        "event: message\n",
        "\n",
        "data: {\"a\":\ndata: 1}\n\n",
        "data:{\"no\":\"space\"}\n\n",
        Chunks.Stop,
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":11,\"total_tokens\":81}}\n\n",
    ];

    [Fact]
    public void Any_cutting_of_a_stream_gives_the_same_bytes_and_facts()
    {
        Gen<string> streams =
            from pieces in Gen.Elements(Pieces).ListOf()
            from end in Gen.Elements("\n", "\r\n", "\r")
            from mark in Gen.Elements("", "\uFEFF")
            select mark + (string.Concat(pieces) + "\n" + Chunks.Done).Replace("\n", end);
        Gen<int[]> cuts = Gen.Choose(1, 40).ArrayOf(200);

        Prop.ForAll(
                streams.Zip(cuts).ToArbitrary(),
                pair =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(pair.Item1);
                    (byte[] whole, EventScanner atOnce) = Feed(bytes, []);
                    (byte[] cut, EventScanner inParts) = Feed(bytes, pair.Item2);

                    inParts.State.ShouldBe(StreamState.Done);
                    atOnce.State.ShouldBe(StreamState.Done);
                    inParts.Usage.ShouldBe(atOnce.Usage);
                    inParts.FinishReason.ShouldBe(atOnce.FinishReason);
                    inParts.HasOutput.ShouldBe(atOnce.HasOutput);
                    inParts.OutputBytes.ShouldBe(atOnce.OutputBytes);
                    cut.ShouldBe(whole);
                    bytes.AsSpan().StartsWith(cut).ShouldBeTrue();
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Only_whole_events_may_be_passed_on()
    {
        var scanner = new EventScanner();
        string text = Chunks.Role + Chunks.Word("a")[..20];

        scanner.Scan(Encoding.UTF8.GetBytes(text)).ShouldBe(Chunks.Role.Length);
        scanner.State.ShouldBe(StreamState.Running);
        scanner.HasOutput.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"role": "assistant", "content": "a"}}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"content" : "\""}}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"content": null, "reasoning_content": "a"}}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"content": "", "refusal": "a"}}]}""", true)]
    [InlineData("""{"choices": [{"text": "a"}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"tool_calls": [ {"index": 0}]}}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"content": ""}}, {"delta": {"content": "a"}}]}""", true)]
    [InlineData("""{"choices": [{"delta": {"role": "assistant", "content": ""}}]}""", false)]
    [InlineData("""{"choices": [{"delta": {"content": null, "tool_calls": []}}]}""", false)]
    [InlineData("""{"choices": [{"delta": {"type": "content"}, "finish_reason": "text"}]}""", false)]
    public void Words_thoughts_and_calls_are_output_however_the_server_spaces_its_json(string json, bool isOutput)
    {
        var scanner = new EventScanner();

        scanner.Scan(Encoding.UTF8.GetBytes($"data: {json}\n\n"));

        scanner.HasOutput.ShouldBe(isOutput);
    }

    [Fact]
    public void A_comment_inside_an_event_waits_for_the_event()
    {
        var scanner = new EventScanner();

        scanner.Scan("data: {\n: comment\n"u8).ShouldBe(0);
        scanner.Scan("data: {\n: comment\ndata: }\n\n"u8).ShouldBe(27);
        scanner.State.ShouldBe(StreamState.Running);
    }

    [Fact]
    public void What_the_model_wrote_is_what_events_hold_beyond_their_envelope()
    {
        var scanner = new EventScanner();
        int words = 0;
        foreach (string word in (string[])["", "one", "two and three"])
        {
            scanner.Scan(Encoding.UTF8.GetBytes(Chunks.Word(word)));
            words += word.Length;
        }

        scanner.OutputBytes.ShouldBe(words);
    }

    [Fact]
    public void A_chunk_that_tells_of_an_early_stop_is_not_passed_on()
    {
        var scanner = new EventScanner();

        scanner.Scan("data: {\"choices\":[],\"x_groq\":{\"error\":\"overloaded\"}}\n\n"u8).ShouldBe(0);

        scanner.State.ShouldBe(StreamState.Stopped);
    }

    [Theory]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x\"}]}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x\"}}]}{}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x\ty\"}}]}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":NaN}}]}")]
    [InlineData("{\"choices\":[null]}")]
    public void A_chunk_that_only_looks_like_an_object_is_not_passed_on(string chunk)
    {
        var scanner = new EventScanner();
        string before = Chunks.Role + Chunks.Word("one") + Chunks.Word("two");

        scanner.Scan(Encoding.UTF8.GetBytes($"{before}data: {chunk}\n\n")).ShouldBe(before.Length);

        scanner.State.ShouldBe(StreamState.Malformed);
    }

    [Fact]
    public void An_empty_reason_is_no_end_and_every_choice_has_its_own()
    {
        var scanner = new EventScanner();

        scanner.Scan("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}\n\n"u8);
        scanner.FinishReason.ShouldBeNull();
        scanner.Scan(Encoding.UTF8.GetBytes(Chunks.Stop + Chunks.Stop));

        scanner.FinishReason.ShouldBe("stop");
        scanner.Endings.ShouldBe(2);
    }

    [Theory]
    [InlineData("event: error\ndata: {\"message\":\"x\"}\n\n")]
    [InlineData("data: {\"error\":{\"message\":\"x\"}}\n\n")]
    [InlineData("data: {\"error\":\"x\"}\n\n")]
    public void An_error_in_either_form_ends_the_stream(string text)
    {
        var scanner = new EventScanner();

        scanner.Scan(Encoding.UTF8.GetBytes(Chunks.Role + text)).ShouldBe(Chunks.Role.Length);

        scanner.State.ShouldBe(StreamState.Failed);
        scanner.ErrorData.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void A_common_event_costs_no_allocation()
    {
        var scanner = new EventScanner();
        byte[] bytes = Encoding.UTF8.GetBytes(Chunks.Word("a word"));

        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
                scanner.Scan(bytes);
        });

        allocated.ShouldBe(0);
    }

    [Fact]
    public void Larger_usage_wins_in_every_member()
    {
        new TokenUsage(5, 1, 6).Larger(new TokenUsage(2, 9, 11)).ShouldBe(new TokenUsage(5, 9, 11));
    }

    /// <summary>Gives the bytes to a scanner as a relay does: what it doesn't pass on comes again, with more behind it.</summary>
    private static (byte[] PassedOn, EventScanner Scanner) Feed(byte[] bytes, int[] cuts)
    {
        var scanner = new EventScanner();
        var passedOn = new List<byte>();
        int start = 0;
        int end = 0;
        for (int i = 0; end < bytes.Length && scanner.State == StreamState.Running; i++)
        {
            end = i < cuts.Length ? Math.Min(end + cuts[i], bytes.Length) : bytes.Length;
            int whole = scanner.Scan(bytes.AsSpan(start..end));
            passedOn.AddRange(bytes[start..(start + whole)]);
            start += whole;
        }
        return ([.. passedOn], scanner);
    }
}
