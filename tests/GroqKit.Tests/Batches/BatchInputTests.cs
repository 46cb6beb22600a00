using System.Text;
using GroqKit.Batches;
using GroqKit.Chat;

namespace GroqKit.Tests.Batches;

[Requirement("CL-17", "CL-22")]
public sealed class BatchInputTests
{
    private static readonly BatchItem Good = BatchItem.FromChat("a", Requests.Hello);

    [Fact]
    public async Task Requests_are_written_one_a_line()
    {
        using var file = new MemoryStream();

        BatchInputSize size = await BatchInput.WriteAsync(
            [
                BatchItem.FromChat("a", Requests.Hello with { Messages = ["zwei\nZeilen – ü"] }),
                Body(
                    "b",
                    BatchEndpoint.Translations,
                    """{ "model": "whisper-large-v3", "url": "https://example.com/a.mp3" }"""
                ),
            ],
            file
        );

        size.ShouldBe(new BatchInputSize(2, file.Length));
        Encoding
            .UTF8.GetString(file.ToArray())
            .ShouldBe(
                """
                {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"zwei\nZeilen – ü"}]}}
                {"custom_id":"b","method":"POST","url":"/v1/audio/translations","body":{"model":"whisper-large-v3","url":"https://example.com/a.mp3"}}

                """
            );
    }

    public static TheoryData<string, BatchItem> Refused() =>
        new()
        {
            { "requests[1].custom_id", Good },
            { "requests[1].custom_id", BatchItem.FromChat("", Requests.Hello) },
            { "requests[1].body.service_tier", Chat(Requests.Hello with { ServiceTier = ServiceTier.Flex }) },
            { "requests[1].body.stream_options", Chat(Requests.Hello with { StreamOptions = new() }) },
            {
                "requests[1].body.stream",
                Chat(Requests.Hello with { ExtraBody = new() { ["stream"] = Json("true") } })
            },
            { "requests[1].body.temperature", Chat(Requests.Hello with { Temperature = 3 }) },
            { "requests[1].body.messages", Chat(Requests.Hello with { Messages = [] }) },
            {
                "requests[1].body.file",
                Body("b", "/v1/audio/transcriptions", """{"model":"m","url":"u","file":"x"}""")
            },
            {
                "requests[1].body.service_tier",
                Body("b", "/v1/chat/completions", """{"model":"m","service_tier":null}""")
            },
            { "requests[1].body.stream", Body("b", "/v1/brand/new", """{"model":"m","stream":true}""") },
            { "requests[1].body.url", Body("b", "/v1/audio/transcriptions", """{"model":"m"}""") },
            { "requests[1].body.model", Body("b", "/v1/brand/new", "{}") },
            { "requests[1].body.model", Body("b", "/v1/brand/new", "[]") },
            { "requests[1].url", Body("b", "", """{"model":"m"}""") },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_that_a_batch_does_not_take_is_named_by_its_place(string parameter, BatchItem item)
    {
        using var file = new MemoryStream();

        var error = await Should.ThrowAsync<GroqValidationException>(() => BatchInput.WriteAsync([Good, item], file));

        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldStartWith(parameter);
    }

    [Fact]
    public async Task More_requests_than_a_batch_takes_are_refused_while_they_come()
    {
        int made = 0;
        IEnumerable<BatchItem> Endless()
        {
            while (true)
                yield return BatchItem.FromChat($"{made++}", Requests.Hello);
        }

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            BatchInput.WriteAsync(Endless(), Stream.Null)
        );

        error.Parameter.ShouldBe("requests");
        made.ShouldBe(BatchInput.MaxRequests + 1);
    }

    [Fact]
    public async Task More_bytes_than_a_batch_takes_are_refused_while_they_come()
    {
        ChatRequest large = Requests.Hello with { Messages = [new string('x', 1024 * 1024)] };
        int made = 0;
        IEnumerable<BatchItem> Endless()
        {
            while (true)
                yield return BatchItem.FromChat($"{made++}", large);
        }

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            BatchInput.WriteAsync(Endless(), Stream.Null)
        );

        error.Parameter.ShouldBe("requests[199]");
        made.ShouldBe(200);
    }

    private static BatchItem Chat(ChatRequest request) => BatchItem.FromChat("b", request);

    private static BatchItem Body(string id, BatchEndpoint endpoint, string json) =>
        BatchItem.FromBody(id, endpoint, Json(json));

    private static System.Text.Json.JsonElement Json(string text) => ResourceRequestSamples.Json(text);
}
