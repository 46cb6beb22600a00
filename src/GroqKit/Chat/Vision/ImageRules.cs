using GroqKit.Catalog;

namespace GroqKit.Chat;

/// <summary>What the images of a request must keep within.</summary>
internal static class ImageRules
{
    public static void Check(ChatRequest request)
    {
        ImageLimits limits = request.ImageLimits ?? ImageLimits.Default;
        int count = 0;
        long letters = 0;
        for (int i = 0; i < request.Messages.Count; i++)
        {
            IReadOnlyList<ContentPart> parts = request.Messages[i].Content?.Parts ?? [];
            for (int j = 0; j < parts.Count; j++)
            {
                if (parts[j].Type != ContentPartType.ImageUrl)
                    continue;
                string path = $"messages[{i}].content[{j}]";
                count++;
                if (limits.IsCountedByModel && count > ModelCatalog.Default.Find(request.Model)?.MaxImages)
                    throw ChatRequestRules.Invalid(
                        path,
                        $"is image {count}, but {request.Model} takes {count - 1} per request."
                    );
                ReadOnlySpan<char> data = InlineImage.Data(parts[j].ImageUrl?.Url);
                letters += data.Length;
                CheckInline(data, letters, limits, $"{path}.image_url.url");
            }
        }
    }

    private static void CheckInline(ReadOnlySpan<char> data, long letters, ImageLimits limits, string path)
    {
        if (data.IsEmpty)
            return;
        if (InlineImage.Bytes(data) is var bytes && bytes > limits.MaxImageBytes)
            throw ChatRequestRules.Invalid(
                path,
                $"has {bytes:N0} bytes, but an image may have {limits.MaxImageBytes:N0}."
            );
        if (letters > limits.MaxInlineLetters)
        {
            throw ChatRequestRules.Invalid(
                path,
                $"brings the inline images to {letters:N0} letters of base64, but a request may have {limits.MaxInlineLetters:N0}: make images smaller, or give their addresses."
            );
        }
        if (limits.MaxPixels is { } most && InlineImage.Header(data) is { } header && header.Pixels > most)
        {
            throw ChatRequestRules.Invalid(
                path,
                $"is {header.Width} x {header.Height} = {header.Pixels:N0} pixels, but an image may have {most:N0}."
            );
        }
    }
}
