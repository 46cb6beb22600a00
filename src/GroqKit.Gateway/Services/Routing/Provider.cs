using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Someone who serves models, and how to call them. Immutable; a change is a new provider in a new snapshot.</summary>
/// <param name="Name">The name callers see in <c>x-groqkit-provider</c>.</param>
/// <param name="BaseAddress">The OpenAI-compatible root with a trailing slash, for example <c>https://api.groq.com/openai/v1/</c>.</param>
/// <param name="Authorization">The whole <c>Authorization</c> value. A secret. Null for a provider that takes none.</param>
/// <param name="Simulated">True when no real model is behind it.</param>
internal sealed record Provider(string Name, Uri BaseAddress, string? Authorization, bool Simulated)
{
    private const int BearerLength = 7;

    /// <summary>How it speaks.</summary>
    public ProviderKind Kind { get; init; } = ProviderKind.Groq;

    /// <summary>The longest wait for an answer to begin; null for the gateway's own deadline.</summary>
    public TimeSpan? Timeout { get; init; }

    public Uri ChatAddress { get; } = new(BaseAddress, "chat/completions");

    public Uri ModelsAddress { get; } = new(BaseAddress, "models");

    /// <summary>The address of a path below the root, for example <c>embeddings</c>.</summary>
    public Uri AddressOf(string path) => new(BaseAddress, path);

    /// <summary>The address of one model; the slash of an id such as <c>openai/gpt-oss-120b</c> travels encoded.</summary>
    public Uri ModelAddress(string model) => new(BaseAddress, "models/" + Uri.EscapeDataString(model));

    /// <summary>The header that carries the key; null for a provider that takes none. A secret.</summary>
    public (string Name, string Value)? KeyHeader =>
        Authorization is null ? null
        : Kind == ProviderKind.ElevenLabs ? ("xi-api-key", Authorization[BearerLength..])
        : ("Authorization", Authorization);

    /// <summary>Name and address without the key, for logs.</summary>
    public override string ToString() => $"{Name} at {BaseAddress}";
}
