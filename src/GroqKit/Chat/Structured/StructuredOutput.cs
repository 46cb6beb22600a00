using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

/// <summary>Makes a C# type something to ask a model for.</summary>
public static class StructuredOutput
{
    /// <summary>For programs that are trimmed or compiled ahead of time: the type as a source generator describes it.</summary>
    /// <typeparam name="T">What to ask for: any type that JSON can hold; one that is not an object is wrapped and unwrapped.</typeparam>
    /// <param name="type">The type's contract, for example <c>MyContext.Default.Recipe</c>. Its options decide on names and converters.</param>
    /// <param name="options">How to ask. Default: by the type's name, strictly.</param>
    /// <exception cref="GroqValidationException">A strict schema cannot say the type, or the name is not well formed.</exception>
    public static StructuredOutput<T> For<T>(JsonTypeInfo<T> type, StructuredOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new StructuredOutput<T>(type, options ?? new StructuredOptions());
    }

    /// <summary>The type as reflection describes it: names in camel case, enumerations as words.</summary>
    /// <typeparam name="T">What to ask for: any type that JSON can hold; one that is not an object is wrapped and unwrapped.</typeparam>
    /// <param name="options">How to ask. Default: by the type's name, strictly.</param>
    /// <exception cref="GroqValidationException">A strict schema cannot say the type, or the name is not well formed.</exception>
    [RequiresUnreferencedCode(ReflectedJson.Warning)]
    [RequiresDynamicCode(ReflectedJson.Warning)]
    public static StructuredOutput<T> For<T>(StructuredOptions? options = null) => For(ReflectedJson.Of<T>(), options);
}
