namespace GroqKit.Http;

/// <summary>The file of a form.</summary>
/// <param name="Source">Its bytes.</param>
/// <param name="Name">The name it is sent under.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="MaxLength">The most bytes that may be sent; matters where the length isn't known before.</param>
/// <param name="Progress">Is told what was sent; null when nobody asks.</param>
internal sealed record FilePart(
    UploadSource Source,
    string Name,
    string MediaType,
    long MaxLength,
    IProgress<UploadProgress>? Progress
);
