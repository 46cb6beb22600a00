using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI;

/// <summary>The ecosystem's own way with JSON, without its indentation: what a model reads is paid for by the token.</summary>
internal static class CompactJson
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <exception cref="NotSupportedException">The type is not known, and there is no reflection to learn it by.</exception>
    public static JsonTypeInfo TypeInfo(Type type) => Options.GetTypeInfo(type);

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
        options.MakeReadOnly();
        return options;
    }
}
