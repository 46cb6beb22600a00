namespace GroqKit.Chat;

/// <summary>Where an image comes from.</summary>
public sealed record ImageSource
{
    /// <summary>An https address, or <c>data:image/…;base64,…</c>.</summary>
    public required string Url { get; init; }

    /// <summary>How closely to look. Default auto.</summary>
    public ImageDetail? Detail { get; init; }
}
