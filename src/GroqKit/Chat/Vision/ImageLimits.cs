namespace GroqKit.Chat;

/// <summary>
/// What Groq takes of images, checked before a request is sent. The figures are those of Groq's vision page in 2026; where they have changed, a request may
/// carry its own: see <see cref="ChatRequest.ImageLimits"/>. A null leaves that check to the server.
/// </summary>
public sealed record ImageLimits
{
    /// <summary>Groq's limits.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Everything is left to the server.</summary>
    public static ImageLimits None { get; } =
        new()
        {
            IsCountedByModel = false,
            MaxInlineLetters = null,
            MaxImageBytes = null,
            MaxPixels = null,
        };

    /// <summary>Whether the number of images is held against the catalogue's figure for the model, when it has one. Default true.</summary>
    public bool IsCountedByModel { get; init; } = true;

    /// <summary>Letters of base64 that all inline images of a request may have together. Default 4 MB (4,194,304).</summary>
    public long? MaxInlineLetters { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of one image. Default 20 MB (20,971,520).</summary>
    public long? MaxImageBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Pixels of one image, as far as its header tells them. Default 33,177,600.</summary>
    public long? MaxPixels { get; init; } = 33_177_600;
}
