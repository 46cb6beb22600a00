namespace GroqKit.Extensions.DependencyInjection;

/// <summary>What the chat client of one name is made with.</summary>
internal sealed class GroqChatSettings
{
    public string? Model { get; set; }

    public GroqChatClientOptions Options { get; set; } = new();
}
