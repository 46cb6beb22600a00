namespace GroqKit.Chat;

public sealed partial record ContentPart
{
    /// <summary>An image by its bytes, sent inline. Its type is told by its first bytes. Limits of size are checked with the request.</summary>
    /// <param name="bytes">A PNG, JPEG, WebP or GIF image.</param>
    /// <param name="detail">How closely to look. Default auto.</param>
    /// <exception cref="GroqValidationException">The bytes are another format.</exception>
    public static ContentPart FromImage(ReadOnlySpan<byte> bytes, ImageDetail? detail = null) =>
        FromImage(bytes, MediaTypeOf(bytes, nameof(bytes)), detail);

    /// <summary>An image file, sent inline. Its type is told by its first bytes, not by its name.</summary>
    /// <param name="path">A PNG, JPEG, WebP or GIF file of at most 20 MB.</param>
    /// <param name="detail">How closely to look. Default auto.</param>
    /// <exception cref="GroqValidationException">The file is larger, or of another format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ContentPart FromImageFile(string path, ImageDetail? detail = null)
    {
        CheckLength(path);
        byte[] bytes = File.ReadAllBytes(path);
        return FromImage(bytes, MediaTypeOf(bytes, nameof(path)), detail);
    }

    /// <inheritdoc cref="FromImageFile"/>
    /// <param name="path">A PNG, JPEG, WebP or GIF file of at most 20 MB.</param>
    /// <param name="detail">How closely to look. Default auto.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ContentPart> FromImageFileAsync(
        string path,
        ImageDetail? detail = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckLength(path);
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        return FromImage(bytes, MediaTypeOf(bytes, nameof(path)), detail);
    }

    private static void CheckLength(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long length = new FileInfo(path).Length;
        if (length > ImageLimits.Default.MaxImageBytes)
        {
            throw ChatRequestRules.Invalid(
                nameof(path),
                $"has {length:N0} bytes, but an image may have {ImageLimits.Default.MaxImageBytes:N0}."
            );
        }
    }

    private static string MediaTypeOf(ReadOnlySpan<byte> bytes, string parameter) =>
        ImageHeader.Read(bytes)?.MediaType
        ?? throw ChatRequestRules.Invalid(parameter, "must be a PNG, JPEG, WebP or GIF image.");
}
