using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

/// <summary>What options look like on the wire.</summary>
internal static class Golden
{
    public const string Model = "openai/gpt-oss-120b";
    public const string Hi = """{"role":"user","content":"hi"}""";

    /// <summary>The body of a call with these options.</summary>
    public static async Task<string> BodyAsync(
        ChatOptions? options,
        string? model = Model,
        GroqChatClientOptions? settings = null,
        params ChatMessage[] messages
    )
    {
        ScriptedHandler handler = new ScriptedHandler().Next(ScriptedAnswer.Chat("ok"));
        using GroqClient groq = handler.CreateClient();
        using IChatClient chat = groq.AsIChatClient(model, settings);

        await chat.GetResponseAsync(messages is [] ? [new ChatMessage(ChatRole.User, "hi")] : messages, options);

        return handler.Requests.Single().Text;
    }

    /// <summary>A body with one user message and these further fields.</summary>
    public static string With(string fields, string model = Model) =>
        $$"""{"model":"{{model}}","messages":[{{Hi}}]{{(fields.Length > 0 ? "," : "")}}{{fields}}}""";
}
