using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Tests.Chat;

[Requirement("CL-10")]
public sealed class FastCompletionReaderTests
{
    private const string Usual = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"openai/gpt-oss-20b",
        "choices":[{"index":0,"message":{"role":"assistant","content":"H\u00fc \"you\"","reasoning":"Hm."},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"queue_time":0.5,"prompt_tokens":20,"prompt_time":0.25,"completion_tokens":10,"completion_time":0.5,"total_tokens":30,"total_time":0.75,
        "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}},
        "usage_breakdown":null,"system_fingerprint":"fp_1","x_groq":{"id":"req_1","seed":7},"service_tier":"on_demand"}
        """;

    private static readonly string[] Texts = ["", "Hi", "\\n", "\\u00fc", "😀", "\\ud83d\\ude00", "\\ud800", "null"];

    /// <summary>Members of an answer in usual and unusual forms; any of them, in any order, repeated or left out.</summary>
    private static readonly Gen<string> Members = Gen.OneOf(
        Text("id"),
        Text("model"),
        Text("system_fingerprint"),
        Text("i\\u0064"),
        Text("unknown"),
        Value("object", "\"chat.completion\"", "\"other\"", "null"),
        Value("created", "0", "1790000000", "-1", "1e3", "\"5\"", "9223372036854775807"),
        Value("service_tier", "null", "\"flex\"", "\"new\""),
        Value("usage_breakdown", "null", """{"models":null}"""),
        Value("x_groq", "null", "{}", """{"id":"req_1","seed":1}""", """{"error":"x"}""", """{"seed":null}"""),
        Usage(),
        Choices()
    );

    private static readonly Gen<string> Answers =
        from members in Gen.ListOf(Members)
        from space in Gen.Elements("", " ", "\n")
        select "{" + string.Join("," + space, members) + space + "}";

    [Fact]
    public void Both_readers_give_the_same_object()
    {
        int fast = 0;
        Prop.ForAll(
                Answers.ToArbitrary(),
                json =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(json);
                    if (new FastCompletionReader().TryRead(bytes) is not { } read)
                        return true;
                    fast++;
                    return Same(read, JsonSerializer.Deserialize(bytes, GroqJson.Context.ChatCompletion)!);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        fast.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_usual_answer_takes_the_fast_path()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Usual);

        ChatCompletion read = new FastCompletionReader().TryRead(bytes).ShouldNotBeNull();

        Same(read, JsonSerializer.Deserialize(bytes, GroqJson.Context.ChatCompletion)!).ShouldBeTrue();
        read.Text.ShouldBe("Hü \"you\"");
        read.Usage!.ReasoningTokens.ShouldBe(3);
        read.XGroq!.Seed.ShouldBe(7);
    }

    [Fact]
    public void The_answer_without_what_Groq_may_leave_out_takes_the_fast_path() =>
        new FastCompletionReader()
            .TryRead(Encoding.UTF8.GetBytes(Chat.Answers.Text("Hi")))
            .ShouldNotBeNull()
            .Text.ShouldBe("Hi");

    [Fact]
    public void Texts_that_repeat_are_shared()
    {
        var reader = new FastCompletionReader();
        byte[] bytes = Encoding.UTF8.GetBytes(Usual);

        ChatCompletion one = reader.TryRead(bytes)!;
        ChatCompletion two = reader.TryRead(bytes)!;

        two.Model.ShouldBeSameAs(one.Model);
        two.SystemFingerprint.ShouldBeSameAs(one.SystemFingerprint);
    }

    [Fact]
    public void An_answer_cut_anywhere_is_never_read()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Usual.TrimEnd());
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> cut = bytes.AsSpan(0, length);
            ChatCompletion? read = null;
            try
            {
                read = new FastCompletionReader().TryRead(cut);
            }
            catch (JsonException)
            {
                // As the generated reader would.
            }
            read.ShouldBeNull($"cut after {length} bytes");
        }
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    public async Task Half_a_letter_is_a_typed_error(string content)
    {
        var handler = new ScriptedHandler().Next(
            200,
            $$"""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":{{content}} },"finish_reason":"stop"}] }"""
        );
        using GroqClient client = Clients.For(handler);

        await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));
    }

    private static Gen<string> Text(string name) => Gen.Elements(Texts).Select(text => $"\"{name}\":\"{text}\"");

    private static Gen<string> Value(string name, params string[] values) =>
        Gen.Elements(values).Select(value => $"\"{name}\":{value}");

    private static Gen<string> Object(string name, Gen<string> member) =>
        Gen.ListOf(member).Select(members => $"\"{name}\":{{{string.Join(",", members)}}}");

    private static Gen<string> Usage() =>
        Gen.OneOf(
            Gen.Constant("\"usage\":null"),
            Object(
                "usage",
                Gen.OneOf(
                    Value("prompt_tokens", "0", "3", "\"4\"", "2.5"),
                    Value("completion_tokens", "0", "7", "null"),
                    Value("total_tokens", "1", "2147483648"),
                    Value("queue_time", "0", "0.018", "1e-3", "null"),
                    Value("prompt_time", "0.1", "\"0.1\""),
                    Value("completion_time", "2"),
                    Value("total_time", "3", "1e999"),
                    Value("prompt_tokens_details", "null", "{}", """{"cached_tokens":3}""", """{"other":1}"""),
                    Value("completion_tokens_details", "{}", """{"reasoning_tokens":3}""", """{"cached_tokens":3}"""),
                    Value("dram_cached_tokens", "1")
                )
            )
        );

    private static Gen<string> Choices()
    {
        Gen<string> message = Object(
            "message",
            Gen.OneOf(
                Text("content"),
                Text("reasoning"),
                Value("role", "\"assistant\"", "\"user\"", "null"),
                Value("content", "null"),
                Value("tool_calls", "null", """[{"id":"a"}]""")
            )
        );
        Gen<string> member = Gen.OneOf(
            message,
            Value("index", "0", "1", "-1"),
            Value("logprobs", "null", """{"content":[]}"""),
            Value("finish_reason", "null", "\"stop\"", "\"new\"")
        );
        Gen<string> choice = Gen.ListOf(member).Select(members => "{" + string.Join(",", members) + "}");
        return Gen.OneOf(
            choice.Select(value => $"\"choices\":[{value}]"),
            choice.Select(value => $"\"choices\":[{value},{value}]"),
            Gen.Constant("\"choices\":[]")
        );
    }

    private static bool Same(ChatCompletion one, ChatCompletion other) => one.ToJson() == other.ToJson();
}
