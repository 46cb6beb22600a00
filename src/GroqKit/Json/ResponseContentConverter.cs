using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Responses;

namespace GroqKit.Json;

/// <summary>Reads and writes the content of an item: a JSON string, or an array of parts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResponseContentConverter : TextOrListConverter<ResponseContent, ResponsePart>
{
    private protected override JsonTypeInfo<IReadOnlyList<ResponsePart>> List =>
        GroqJson.Context.IReadOnlyListResponsePart;

    private protected override ResponseContent Of(string text) => new(text);

    private protected override ResponseContent Of(IReadOnlyList<ResponsePart> list) => new(list);

    private protected override string? TextOf(ResponseContent value) => value.Text;

    private protected override IReadOnlyList<ResponsePart>? ListOf(ResponseContent value) => value.Parts;
}
