namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>A part of a file: a text, a list, or named parts. None of them is null in a file that says nothing there.</summary>
internal sealed record ConfigNode(
    string? Text = null,
    IReadOnlyList<ConfigNode>? Items = null,
    IReadOnlyList<KeyValuePair<string, ConfigNode>>? Members = null
);
