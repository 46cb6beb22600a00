using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

/// <summary>How types are read and written when no source generator has described them: camel case, enumerations as words.</summary>
internal static class ReflectedJson
{
    public const string Warning =
        "Types are examined by reflection. Pass a JsonTypeInfo from a source-generated context when trimming or compiling ahead of time.";

    private static JsonSerializerOptions? _options;

    [RequiresUnreferencedCode(Warning)]
    [RequiresDynamicCode(Warning)]
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)GetOptions().GetTypeInfo(typeof(T));

    [RequiresUnreferencedCode(Warning)]
    [RequiresDynamicCode(Warning)]
    public static JsonSerializerOptions GetOptions()
    {
        if (_options is { } known)
            return known;
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter() },
            // Models read plain letters for fewer tokens than escapes.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return Interlocked.CompareExchange(ref _options, options, null) ?? options;
    }
}
