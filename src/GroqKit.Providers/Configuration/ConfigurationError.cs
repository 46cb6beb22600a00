namespace GroqKit.Providers.Configuration;

/// <summary>Something in the configuration that cannot be used.</summary>
/// <param name="Path">Where it stands, for example <c>providers[1].keys[0].api_key</c>.</param>
/// <param name="Message">What is wrong with it, without repeating a secret.</param>
public sealed record ConfigurationError(string Path, string Message)
{
    /// <summary>Path and message.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
