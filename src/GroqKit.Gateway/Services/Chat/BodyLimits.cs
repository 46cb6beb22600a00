namespace GroqKit.Gateway.Services.Chat;

/// <summary>The largest request bodies, in bytes.</summary>
/// <param name="Json">For text. Default 4 MB.</param>
/// <param name="JsonWithImages">For requests with image parts, whose base64 is long. Default 33 MB.</param>
internal sealed record BodyLimits(int Json, int JsonWithImages)
{
    /// <summary>For recordings; they are streamed through, so that a long one costs no memory. Default 2,000 MB.</summary>
    public long Audio { get; init; } = 2_000_000_000;

    /// <summary>For files of batches; streamed through too. Default 512 MB.</summary>
    public long File { get; init; } = 512_000_000;

    /// <summary>
    /// How much of an upload is kept while it is sent: that much can be sent again to another provider, and that much may stand before
    /// the field that says where it goes. Default 4 MB.
    /// </summary>
    public int HeldUpload { get; init; } = 4_000_000;
}
