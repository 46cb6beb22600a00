using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Chat;

namespace GroqKit.Json;

/// <summary>Reads and writes message content: a JSON string, or an array of parts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MessageContentConverter : TextOrListConverter<MessageContent, ContentPart>
{
    private protected override JsonTypeInfo<IReadOnlyList<ContentPart>> List =>
        GroqJson.Context.IReadOnlyListContentPart;

    private protected override MessageContent Of(string text) => new(text);

    private protected override MessageContent Of(IReadOnlyList<ContentPart> list) => new(list);

    private protected override string? TextOf(MessageContent value) => value.Text;

    private protected override IReadOnlyList<ContentPart>? ListOf(MessageContent value) => value.Parts;
}
