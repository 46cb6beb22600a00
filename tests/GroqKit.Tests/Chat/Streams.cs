using System.Text;

namespace GroqKit.Tests.Chat;

/// <summary>Streams in the form that the API gives them, with invented values.</summary>
internal static class Streams
{
    public static string Minimal { get; } =
        Event(Chunk("""{"role":"assistant","content":""}""", extra: ""","x_groq":{"id":"req_1","seed":7}"""))
        + Event(Chunk("""{"reasoning":"Short.","channel":"analysis"}"""))
        + Event(Chunk("""{"content":"Hi"}"""))
        + Event(Chunk("""{"content":" – \"ünd\" 😀"}"""))
        + Event(Chunk("{}", "\"stop\"", $$""","x_groq":{"id":"req_1","usage":{{Usage(79)}}},"usage":{{Usage(79)}}"""))
        + Done;

    public static string Tools { get; } =
        Event(Chunk("""{"role":"assistant","content":null}""", extra: ""","x_groq":{"id":"req_2"}"""))
        + Event(Chunk("""{"executed_tools":[{"index":0,"type":"function","arguments":"{}"}]}"""))
        + Event(
            Chunk(
                """{"executed_tools":[{"index":0,"type":"browser_search","name":"browser.search","output":"found"}]}"""
            )
        )
        + Event(
            Chunk(
                """{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"g","arguments":"{}"}}]}"""
            )
        )
        + Event(
            Chunk(
                """{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"f","arguments":"{\"a\""}}]}"""
            )
        )
        + Event(Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"""))
        + Event(
            Chunk(
                """{"annotations":[{"type":"document_citation","document_citation":{"start_index":0,"end_index":1,"document_id":"d"}}],"odd":true}"""
            )
        )
        + Event(Chunk("{}", "\"tool_calls\""))
        + Event(
            $$"""{"id":"chatcmpl-a1","object":"chat.completion.chunk","created":1790000001,"model":"m","choices":[],"usage":{{Usage(90)}}}"""
        )
        + Done;

    public static string Done => "data: [DONE]\n\n";

    public static string Event(string data) => $"data: {data}\n\n";

    public static string Usage(int total) =>
        $$"""{"queue_time":0.01,"prompt_tokens":70,"prompt_time":0.003,"completion_tokens":{{total - 70}},"completion_time":0.01,"total_tokens":{{total}},"total_time":0.013}""";

    public static string Chunk(string delta, string finish = "null", string extra = "") =>
        $$"""{"id":"chatcmpl-a1","object":"chat.completion.chunk","created":1790000000,"model":"openai/gpt-oss-20b","system_fingerprint":"fp_x","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}}]{{extra}}}""";

    public static byte[] Bytes(string events) => Encoding.UTF8.GetBytes(events);
}
