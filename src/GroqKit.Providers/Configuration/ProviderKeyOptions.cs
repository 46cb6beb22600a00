namespace GroqKit.Providers.Configuration;

/// <summary>One key of a provider.</summary>
public sealed class ProviderKeyOptions
{
    /// <summary>What the key is called in logs and figures. Default: <c>key1</c>, <c>key2</c> and so on, by position.</summary>
    public string? Name { get; set; }

    /// <summary>The key.</summary>
    public ApiKey? ApiKey { get; set; }

    /// <summary>How often it is used compared with the others, 1 to 1000. Default 1.</summary>
    public int Weight { get; set; } = 1;
}
