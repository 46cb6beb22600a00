using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>A content as a part of a message.</summary>
internal static class ContentMapping
{
    /// <param name="content">What to map.</param>
    /// <param name="at">Where it stands.</param>
    /// <returns>Null for what only informs, such as usage or a search that Groq itself ran.</returns>
    /// <exception cref="NotSupportedException">The content would be lost.</exception>
    public static ContentPart? Map(AIContent content, ContentPlace at) =>
        content switch
        {
            { RawRepresentation: ContentPart part } => part,
            TextContent text => ContentPart.FromText(text.Text),
            DataContent data when data.HasTopLevelMediaType("image") => ContentPart.FromImageUrl(
                $"data:{data.MediaType};base64,{data.Base64Data}",
                Detail(data)
            ),
            UriContent uri when uri.HasTopLevelMediaType("image") => ContentPart.FromImageUrl(
                uri.Uri.AbsoluteUri,
                Detail(uri)
            ),
            DataContent data => throw Lost(at, nameof(DataContent), data.MediaType),
            UriContent uri => throw Lost(at, nameof(UriContent), uri.MediaType),
            FunctionCallContent => throw Lost(at, nameof(FunctionCallContent), null),
            TextReasoningContent or UsageContent or ErrorContent or ToolCallContent or ToolResultContent => null,
            InputRequestContent or InputResponseContent => null,
            _ when content.GetType() == typeof(AIContent) => null,
            _ => throw Lost(at, content.GetType().Name, null),
        };

    private static ImageDetail? Detail(AIContent content) =>
        content.AdditionalProperties?.GetValueOrDefault("detail")?.ToString() is { Length: > 0 } word
            ? new ImageDetail(word)
            : default(ImageDetail?);

    private static NotSupportedException Lost(ContentPlace at, string kind, string? mediaType) =>
        new(
            mediaType is null
                ? $"{at}: a {kind} has no place there in Groq's chat."
                : $"{at}: a {kind} of {mediaType} has no place in Groq's chat, which takes text and images."
        );
}
