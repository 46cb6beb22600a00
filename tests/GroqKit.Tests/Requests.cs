using GroqKit.Chat;

namespace GroqKit.Tests;

internal static class Requests
{
    public static ChatRequest Hello { get; } = new() { Model = "openai/gpt-oss-20b", Messages = ["hello"] };
}
