using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Tests.Chat;

[Requirement("CL-12")]
public sealed class FastChunkReaderTests
{
    private static readonly string[] Texts =
    [
        "",
        "Hi",
        "\\n",
        "\\u00fc",
        "ü",
        "😀",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\\"",
        "[DONE]",
        "data: x",
        "null",
        "chat.completion.chunk",
    ];

    /// <summary>Members of a chunk in usual and unusual forms; any of them, in any order, repeated or left out.</summary>
    private static readonly Gen<string> Members = Gen.OneOf(
        Text("id"),
        Text("model"),
        Text("system_fingerprint"),
        Text("object"),
        Text("i\\u0064"),
        Text("unknown"),
        Value("created", "0", "1790000000", "-1", "1e3", "9223372036854775807"),
        Value("usage", "null", """{"total_tokens":3}"""),
        Value("x_groq", "null", """{"id":"req_1","error":"x"}"""),
        Value("service_tier", "null", "\"flex\"", "\"new\""),
        Value("usage_breakdown", "null", """{"models":null}"""),
        Choices()
    );

    private static readonly Gen<string> Chunks =
        from members in Gen.ListOf(Members)
        from space in Gen.Elements("", " ", "\n")
        select "{" + string.Join("," + space, members) + space + "}";

    [Fact]
    public void Both_readers_give_the_same_object()
    {
        int fast = 0;
        Prop.ForAll(
                Chunks.ToArbitrary(),
                json =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(json);
                    ChatChunk? read = new FastChunkReader().TryRead(bytes);
                    if (read is null)
                        return true;
                    fast++;
                    return Same(read, JsonSerializer.Deserialize(bytes, GroqJson.Context.ChatChunk)!);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        fast.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_usual_chunks_take_the_fast_path()
    {
        var reader = new FastChunkReader();
        foreach (
            string delta in new[]
            {
                """{"content":"Hi"}""",
                """{"reasoning":"x","channel":"analysis"}""",
                """{"role":"assistant","content":"\u00fc"}""",
                "{}",
            }
        )
        {
            byte[] bytes = Encoding.UTF8.GetBytes(Streams.Chunk(delta));
            ChatChunk chunk = reader.TryRead(bytes).ShouldNotBeNull();
            Same(chunk, JsonSerializer.Deserialize(bytes, GroqJson.Context.ChatChunk)!).ShouldBeTrue(delta);
        }
    }

    [Fact]
    public void Texts_that_repeat_are_shared_within_a_stream()
    {
        var reader = new FastChunkReader();
        byte[] bytes = Encoding.UTF8.GetBytes(Streams.Chunk("""{"content":"Hi","channel":"analysis"}"""));

        ChatChunk one = reader.TryRead(bytes)!;
        ChatChunk two = reader.TryRead(bytes)!;

        two.Id.ShouldBeSameAs(one.Id);
        two.Model.ShouldBeSameAs(one.Model);
        two.SystemFingerprint.ShouldBeSameAs(one.SystemFingerprint);
        two.Choices[0].Delta.Channel.ShouldBeSameAs(one.Choices[0].Delta.Channel);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"id\":\"a\"")]
    [InlineData("{\"id\":\"a\"}}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x\"}}")]
    [InlineData("{\"id\":\"\\x\"}")]
    [InlineData("")]
    public void What_is_not_JSON_is_never_a_chunk(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(bytes, GroqJson.Context.ChatChunk));
        Read(bytes).ShouldBeNull();
    }

    private static ChatChunk? Read(byte[] bytes)
    {
        try
        {
            return new FastChunkReader().TryRead(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Gen<string> Text(string name) => Gen.Elements(Texts).Select(text => $"\"{name}\":\"{text}\"");

    private static Gen<string> Value(string name, params string[] values) =>
        Gen.Elements(values).Select(value => $"\"{name}\":{value}");

    private static Gen<string> Choices()
    {
        Gen<string> deltaMember = Gen.OneOf(
            Text("content"),
            Text("reasoning"),
            Text("channel"),
            Value("role", "\"assistant\"", "\"user\"", "null"),
            Value("content", "null"),
            Value("tool_calls", "null", """[{"index":0,"id":"a"}]"""),
            Text("unknown")
        );
        Gen<string> delta = Gen.ListOf(deltaMember).Select(members => "{" + string.Join(",", members) + "}");
        Gen<string> member = Gen.OneOf(
            delta.Select(value => $"\"delta\":{value}"),
            Value("index", "0", "1", "-1"),
            Value("logprobs", "null", """{"content":[]}"""),
            Value("finish_reason", "null", "\"stop\"")
        );
        Gen<string> choice = Gen.ListOf(member).Select(members => "{" + string.Join(",", members) + "}");
        return Gen.OneOf(
            choice.Select(value => $"\"choices\":[{value}]"),
            choice.Select(value => $"\"choices\":[{value},{value}]"),
            Gen.Constant("\"choices\":[]")
        );
    }

    private static bool Same(ChatChunk one, ChatChunk other) =>
        JsonSerializer.Serialize(one, GroqJson.Context.ChatChunk)
        == JsonSerializer.Serialize(other, GroqJson.Context.ChatChunk);
}
