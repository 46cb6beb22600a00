using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.Raw;

/// <summary>A body to be sent as it is. Safe for all threads unless made from content that is not.</summary>
public sealed class RawBody
{
    private const string Json = "application/json";

    private RawBody(RequestBody content) => Content = content;

    internal RequestBody Content { get; }

    /// <summary>JSON text, sent unchecked.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="GroqValidationException">The text has half of a surrogate pair, which has no form in UTF-8.</exception>
    public static RawBody FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (HalfPairs.IsIn(json))
            throw Rules.Invalid(nameof(json), HalfPairs.Problem);
        return FromBytes(Encoding.UTF8.GetBytes(json), Json);
    }

    /// <summary>An object as JSON.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="type">How to write it.</param>
    public static RawBody FromJson<T>(T value, JsonTypeInfo<T> type) =>
        FromBytes(JsonSerializer.SerializeToUtf8Bytes(value, type), Json);

    /// <summary>Bytes.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    /// <param name="contentType">Their media type.</param>
    /// <exception cref="FormatException">The media type is not well formed.</exception>
    public static RawBody FromBytes(ReadOnlyMemory<byte> bytes, string contentType)
    {
        MediaTypeHeaderValue type = MediaTypeHeaderValue.Parse(contentType);
        return FromContent(() =>
        {
            var content = new ReadOnlyMemoryContent(bytes);
            content.Headers.ContentType = type;
            return content;
        });
    }

    /// <summary>Anything else: forms, streams, compressed bodies.</summary>
    /// <param name="create">Makes the body of one attempt, which is disposed of after it.</param>
    /// <param name="canRepeat">False when it can be made once only; a call for which it was made is not repeated then.</param>
    public static RawBody FromContent(Func<HttpContent> create, bool canRepeat = true)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new RawBody(new GivenBody(create, canRepeat));
    }

    private sealed class GivenBody(Func<HttpContent> create, bool canRepeat) : RequestBody
    {
        private bool _isMade;

        public override bool CanSend => canRepeat || !_isMade;

        public override HttpContent Create(Action? progressed)
        {
            _isMade = true;
            return create();
        }
    }
}
