namespace GroqKit.Providers;

/// <summary>Names under which clients report what they used, beyond tokens, in <c>UsageDetails.AdditionalCounts</c>.</summary>
public static class UsageCounts
{
    /// <summary>Input tokens that were written to the provider's cache; contained in the input tokens.</summary>
    public const string CacheWriteTokens = "CacheWriteTokens";

    /// <summary>Length of the audio that was heard, in milliseconds.</summary>
    public const string AudioMilliseconds = "AudioMilliseconds";

    /// <summary>Characters of the text that was spoken.</summary>
    public const string Characters = "Characters";

    /// <summary>Thousandths of the vendor's own credits that were billed, where it tells them.</summary>
    public const string MilliCredits = "MilliCredits";
}
