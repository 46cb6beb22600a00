namespace GroqKit.Tests.Chat;

/// <summary>Whole answers in the form that the API gives them, with invented values.</summary>
internal static class Answers
{
    /// <param name="json">Text as it stands within a JSON string.</param>
    public static string Text(string json, string finish = "stop") =>
        Message($$"""{"role":"assistant","content":"{{json}}"}""", finish);

    /// <param name="calls">Each as id, name and arguments; the arguments as they stand within a JSON string.</param>
    public static string Calls(params (string Id, string Name, string Arguments)[] calls) =>
        Message($$"""{"role":"assistant","tool_calls":[{{string.Join(',', calls.Select(Call))}}] }""", "tool_calls");

    public static string Message(string message, string finish) =>
        $$$"""
            {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"openai/gpt-oss-20b",
            "choices":[{"index":0,"message":{{{message}}},"logprobs":null,"finish_reason":"{{{finish}}}"}],
            "usage":{"queue_time":0.5,"prompt_tokens":20,"prompt_time":0.25,"completion_tokens":10,"completion_time":0.5,"total_tokens":30,"total_time":0.75,
            "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}
            } }
            """;

    public static string Call((string Id, string Name, string Arguments) call) =>
        $$"""{"id":"{{call.Id}}","type":"function","function":{"name":"{{call.Name}}","arguments":"{{call.Arguments}}"} }""";

    public static string Error(string code, string generation = "half", string message = "Failed.") =>
        $$"""{"error":{"message":"{{message}}","type":"invalid_request_error","code":"{{code}}","failed_generation":"{{generation}}"} }""";
}
