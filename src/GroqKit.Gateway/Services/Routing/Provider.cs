using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Someone who serves models, and how to call them. Immutable; a change is a new provider in a new snapshot.</summary>
/// <param name="Name">The name callers see in <c>x-groqkit-provider</c>.</param>
/// <param name="BaseAddress">The OpenAI-compatible root with a trailing slash, for example <c>https://api.groq.com/openai/v1/</c>.</param>
/// <param name="Authorization">The whole <c>Authorization</c> value. A secret. Null for a provider that takes none.</param>
/// <param name="Simulated">True when no real model is behind it.</param>
internal sealed record Provider(string Name, Uri BaseAddress, string? Authorization, bool Simulated)
{
    public const int DefaultLatencySamples = 100;
    private const int BearerLength = 7;

    /// <summary>How it speaks.</summary>
    public ProviderKind Kind { get; init; } = ProviderKind.Groq;

    /// <summary>The longest wait for an answer to begin; null for the gateway's own deadline.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Attempts after the first, where nobody else is left to ask.</summary>
    public int MaxRetries { get; init; } = ProviderConfiguration.DefaultMaxRetries;

    /// <summary>Bounds the retries of all calls together, so that a provider in trouble isn't buried under them.</summary>
    public RetryBudget RetryBudget { get; } = new(new RetryBudgetOptions());

    /// <summary>Address and key without telling the key: what health is kept for. A bad key of one tenant is nobody else's.</summary>
    public string Connection { get; } = $"{KeyMark(Authorization)}@{BaseAddress.Authority}{BaseAddress.AbsolutePath}";

    /// <summary>The only models that it is asked for; null for any.</summary>
    public FrozenSet<string>? Models { get; init; }

    /// <summary>Calls that a node sends it in any 60 s at most; null for no bound.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Of the calls meant for it, how many it gets: 0 (switched off) to 100 %.</summary>
    public int Share { get; init; } = ProviderShares.All;

    /// <summary>How many of the last calls its latency is reckoned from; 0 where it isn't tracked.</summary>
    public int LatencySamples { get; init; } = DefaultLatencySamples;

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

    private static string KeyMark(string? authorization) =>
        authorization is null
            ? "none"
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)).AsSpan(0, 6));

    /// <summary>Whether both are one and the same, whatever share of its calls either gets.</summary>
    public bool IsSameAs(Provider other) =>
        Name == other.Name && BaseAddress == other.BaseAddress && Authorization == other.Authorization;

    /// <summary>Name and address without the key, for logs.</summary>
    public override string ToString() => $"{Name} at {BaseAddress}";
}
