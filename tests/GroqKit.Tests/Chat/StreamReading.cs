using System.Text;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

/// <summary>Reads streams by way of a client, and shows what came as JSON, by which two of them are compared.</summary>
internal static class StreamReading
{
    public static Task<ChatCompletion> Collect(string events) =>
        Collect(new MemoryStream(Encoding.UTF8.GetBytes(events)));

    public static async Task<ChatCompletion> Collect(Stream body)
    {
        using GroqClient client = Clients.For(new ScriptedHandler().NextStream(body));
        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        return await stream.CollectAsync();
    }

    public static string Json(ChatChunk chunk) =>
        System.Text.Json.JsonSerializer.Serialize(chunk, GroqKit.Json.GroqJson.Context.ChatChunk);

    public static string Json(ChatCompletion answer) =>
        System.Text.Json.JsonSerializer.Serialize(answer, GroqKit.Json.GroqJson.Context.ChatCompletion);
}
