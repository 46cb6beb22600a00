namespace GroqKit.Gateway.Services.Chat;

/// <summary>The largest request bodies, in bytes.</summary>
/// <param name="Json">For text. Default 4 MB.</param>
/// <param name="JsonWithImages">For requests with image parts, whose base64 is long. Default 33 MB.</param>
internal sealed record BodyLimits(int Json, int JsonWithImages);
