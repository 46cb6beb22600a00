using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Translation.Responses;

/// <summary>Words a request of the Responses API as a chat, for providers that have no such API.</summary>
internal static class ResponseToChat
{
    private static readonly (string Theirs, string Ours)[] SameMeaning =
    [
        ("max_output_tokens", "max_completion_tokens"),
        ("parallel_tool_calls", "parallel_tool_calls"),
        ("temperature", "temperature"),
        ("top_p", "top_p"),
        ("user", "user"),
    ];

    private static readonly string[] Carried =
    [
        "model",
        "input",
        "instructions",
        "reasoning",
        "store",
        "stream",
        "text",
        "tool_choice",
        "tools",
        .. SameMeaning.Select(pair => pair.Theirs),
    ];

    /// <param name="request">The caller's request.</param>
    /// <param name="model">Who is asked.</param>
    /// <returns>The chat, and the parameters that it has no place for.</returns>
    /// <exception cref="GatewayException">Something in it needs the Responses API; the error names it.</exception>
    public static (byte[] Chat, IReadOnlyList<string> Dropped) Write(JsonRequest request, string model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model);
            json.WriteStartArray("messages"u8);
            if (request.Text("instructions") is { Length: > 0 } instructions)
                MessageWriter.WriteText(json, "system", instructions);
            WriteInput(json, request);
            json.WriteEndArray();
            foreach ((string theirs, string ours) in SameMeaning)
            {
                if (request.Find(theirs) is not { } member)
                    continue;
                json.WritePropertyName(ours);
                json.WriteRawValue(member.Value.Span, skipInputValidation: true);
            }
            ChatOptions.Write(json, request);
            if (request.IsTrue("stream"))
            {
                json.WriteBoolean("stream"u8, true);
                json.WriteStartObject("stream_options"u8);
                json.WriteBoolean("include_usage"u8, true);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        string[] dropped =
        [
            .. request
                .Members.Where(member => !member.Value.Span.SequenceEqual("null"u8))
                .Select(member => member.Name)
                .Where(name => !Carried.Contains(name) && ParameterFit.IsPlain(name)),
        ];
        return (buffer.WrittenSpan.ToArray(), dropped);
    }

    private static void WriteInput(Utf8JsonWriter json, JsonRequest request)
    {
        if (request.Text("input") is { } text)
        {
            MessageWriter.WriteText(json, "user", text);
            return;
        }
        using JsonDocument input = JsonDocument.Parse(request.Find("input")!.Value.Value);
        var messages = new MessageWriter(json);
        int index = 0;
        foreach (JsonElement item in input.RootElement.EnumerateArray())
            messages.Write(item, $"input[{index++}]");
        messages.Close();
    }
}
