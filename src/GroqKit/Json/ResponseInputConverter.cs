using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Responses;

namespace GroqKit.Json;

/// <summary>Reads and writes the input of a response: a JSON string, or an array of items.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResponseInputConverter : TextOrListConverter<ResponseInput, ResponseItem>
{
    private protected override JsonTypeInfo<IReadOnlyList<ResponseItem>> List =>
        GroqJson.Context.IReadOnlyListResponseItem;

    private protected override ResponseInput Of(string text) => new(text);

    private protected override ResponseInput Of(IReadOnlyList<ResponseItem> list) => new(list);

    private protected override string? TextOf(ResponseInput value) => value.Text;

    private protected override IReadOnlyList<ResponseItem>? ListOf(ResponseInput value) => value.Items;
}
