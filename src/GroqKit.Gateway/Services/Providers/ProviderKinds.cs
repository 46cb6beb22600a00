using GroqKit.Gateway.Services.Agents;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>The names of provider kinds and where their addresses begin.</summary>
internal static class ProviderKinds
{
    private static readonly string[] Names = ["groq", "openai", "elevenlabs"];

    public static IReadOnlyList<string> All => Names;

    public static string NameOf(ProviderKind kind) => Names[(int)kind];

    public static ProviderKind? Parse(string name) =>
        Array.IndexOf(Names, name) is var index and >= 0 ? (ProviderKind)index : null;

    /// <summary>The provider's own address.</summary>
    public static Uri DefaultAddress(ProviderKind kind) =>
        new(
            kind switch
            {
                ProviderKind.Groq => "https://api.groq.com/openai/v1/",
                ProviderKind.OpenAi => "https://api.openai.com/v1/",
                _ => "https://api.elevenlabs.io/v1/",
            }
        );

    /// <summary>Whether models of this kind can be asked for chat completions.</summary>
    public static bool ServesChat(ProviderKind kind) => kind is ProviderKind.Groq or ProviderKind.OpenAi;

    /// <summary>Whether models of this kind can be asked for a service.</summary>
    public static bool Serves(ProviderKind kind, ServiceKind service) => service != ServiceKind.Llm || ServesChat(kind);

    /// <summary>The address with the kind's path and a trailing slash, whether or not it has them.</summary>
    public static Uri Complete(ProviderKind kind, Uri address)
    {
        string prefix = WithoutEnd(address.AbsolutePath.TrimEnd('/'), "/v1");
        if (kind == ProviderKind.Groq)
            prefix = WithoutEnd(prefix, "/openai") + "/openai";
        return new Uri(address, prefix + "/v1/");
    }

    private static string WithoutEnd(string path, string end) =>
        path.EndsWith(end, StringComparison.Ordinal) ? path[..^end.Length] : path;
}
