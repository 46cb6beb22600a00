using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Http;

internal static class JsonBody
{
    private const int DeepestNesting = 128;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting };

    /// <summary>The body as a JSON object. The caller disposes of the document when it is done with the field.</summary>
    /// <exception cref="ApiException">The body is not a JSON object in UTF-8.</exception>
    public static Field Parse(ReadOnlyMemory<byte> body, out JsonDocument document)
    {
        if (!Utf8.IsValid(body.Span))
            throw new ApiException(ApiErrors.Invalid("invalid JSON: the body is not valid UTF-8", "body"));
        try
        {
            document = JsonDocument.Parse(body, Options);
        }
        catch (JsonException exception)
        {
            throw new ApiException(
                ApiErrors.Invalid(
                    $"invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}",
                    "body"
                )
            );
        }

        var root = new Field(document.RootElement, "");
        if (root.IsObject)
        {
            // Only an escape can smuggle half a character into valid UTF-8.
            if (body.Span.IndexOf("\\u"u8) >= 0)
                UnicodeCheck.Check(root);
            return root;
        }

        document.Dispose();
        throw new ApiException(ApiErrors.Invalid("the body must be a JSON object", "body"));
    }
}
