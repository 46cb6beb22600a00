using System.Text.Json.Nodes;

namespace GroqKit.Tests.Responses;

/// <summary>Streams in the form of the API, with invented values.</summary>
internal static class ResponseStreams
{
    private const string Item =
        """{"type":"message","id":"msg_1","status":"in_progress","role":"assistant","content":[]}""";
    private const string Part = """{"type":"output_text","text":"","annotations":[]}""";

    public static string Text { get; } =
        Opening
        + Event(
            """{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"r","summary":[]}}"""
        )
        + Event(
            """{"type":"response.reasoning_text.delta","item_id":"r","output_index":0,"content_index":0,"delta":"Hm."}"""
        )
        + Event($$$"""{"type":"response.output_item.added","output_index":1,"item":{{{Item}}}}""")
        + Event($$$"""{"type":"response.content_part.added","output_index":1,"content_index":0,"part":{{{Part}}}}""")
        + Event("""{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"Grüß"}""")
        + Event("""{"type":"response.brand_new","delta":{"odd":[1]},"sequence_number":9}""")
        + Event("""{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":" dich 😀"}""");

    public static string Completed { get; } = Text + Event(Ending("completed", "completed"));

    public static string Incomplete { get; } =
        Text + Event(Ending("incomplete", "incomplete", ",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}"));

    public static string Failed { get; } =
        Text + Event(Ending("failed", "failed", ",\"error\":{\"code\":\"server_error\",\"message\":\"It broke.\"}"));

    public static string Call { get; } =
        Opening
        + Event(
            """{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":""}}"""
        )
        + Event("""{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\"a\""}""")
        + Event("""{"type":"response.function_call_arguments.delta","output_index":0,"delta":":1}"}""");

    private static string Opening =>
        Event(
            """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","model":"m","output":[]}}"""
        )
        + Event(
            """{"type":"response.in_progress","response":{"id":"resp_1","status":"in_progress","model":"m","output":[]}}"""
        );

    public static string Event(string json) => $"event: {JsonNode.Parse(json)!["type"]}\ndata: {json}\n\n";

    public static string Ending(string type, string status, string extra = "") =>
        $$"""
            {"type":"response.{{type}}","response":{"id":"resp_1","object":"response","status":"{{status}}","model":"m","created_at":5,"output":[],
            """.ReplaceLineEndings("")
        + $$"""
            "usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":2},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":1},
            """.ReplaceLineEndings("")
        + $"\"total_tokens\":12}}{extra}}}}}";
}
