using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Chat;

/// <summary>What was said, kept from one run to the next: a JSON list of messages with role and content. Pictures are not kept.</summary>
internal sealed class SessionFile
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;

    private SessionFile(string path, Conversation conversation)
    {
        _path = path;
        Conversation = conversation;
    }

    /// <summary>What the file held when it was opened; nothing when there was none.</summary>
    public Conversation Conversation { get; }

    /// <exception cref="UsageException">The file is not such a list.</exception>
    public static async Task<SessionFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        // An answer that could not be kept would have been paid for.
        AtomicFile.CheckTarget("--session", path);
        if (!File.Exists(path))
            return new SessionFile(path, Conversation.Empty);
        string text = await InputFile.ReadAsync("--session", path, cancellationToken);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new SessionFile(path, Conversation.Empty.Add(document.RootElement.EnumerateArray().Select(Read)));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new UsageException($"--session: {path} is not a list of messages with role and content");
        }
    }

    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken) =>
        AtomicFile.SaveAsync(
            _path,
            async (file, token) =>
            {
                await using var json = new Utf8JsonWriter(file, Options);
                json.WriteStartArray();
                foreach (ChatMessage message in conversation.Messages)
                    Write(json, message);
                json.WriteEndArray();
                await json.FlushAsync(token);
            },
            cancellationToken
        );

    private static ChatMessage Read(JsonElement message) =>
        new()
        {
            Role = new ChatRole(message.GetProperty("role").GetString()!),
            Content = message.GetProperty("content").GetString()!,
        };

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        json.WriteString("content", ChatSession.TextOf(message));
        json.WriteEndObject();
    }
}
