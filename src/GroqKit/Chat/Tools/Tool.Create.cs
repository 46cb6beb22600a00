using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

public sealed partial class Tool
{
    /// <summary>A tool whose arguments are an object of a type. Works when trimmed and compiled ahead of time.</summary>
    /// <typeparam name="TArgs">The arguments: an object whose properties are the parameters.</typeparam>
    /// <typeparam name="TResult">The result, which the model gets as JSON.</typeparam>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="function">The code. Runs at the same time as other calls of the turn.</param>
    /// <param name="args">The arguments' contract, for example <c>MyContext.Default.WeatherArgs</c>.</param>
    /// <param name="result">The result's contract.</param>
    /// <exception cref="GroqValidationException">The name is not well formed, or the arguments are not an object.</exception>
    public static Tool Create<TArgs, TResult>(
        string name,
        string? description,
        Func<TArgs, CancellationToken, Task<TResult>> function,
        JsonTypeInfo<TArgs> args,
        JsonTypeInfo<TResult> result
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(result);
        return new Tool(
            name,
            description,
            ParametersOf(args),
            async (arguments, token) =>
            {
                TArgs given = ToolArguments.To(arguments, args)!;
                TResult answer = await function(given, token).ConfigureAwait(false);
                return answer as string ?? JsonSerializer.Serialize(answer, result);
            }
        );
    }

    /// <summary>A tool that answers with a text. Works when trimmed and compiled ahead of time.</summary>
    /// <typeparam name="TArgs">The arguments: an object whose properties are the parameters.</typeparam>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="function">The code. Runs at the same time as other calls of the turn.</param>
    /// <param name="args">The arguments' contract, for example <c>MyContext.Default.WeatherArgs</c>.</param>
    /// <exception cref="GroqValidationException">The name is not well formed, or the arguments are not an object.</exception>
    public static Tool Create<TArgs>(
        string name,
        string? description,
        Func<TArgs, CancellationToken, Task<string>> function,
        JsonTypeInfo<TArgs> args
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(args);
        return new Tool(
            name,
            description,
            ParametersOf(args),
            (arguments, token) => function(ToolArguments.To(arguments, args)!, token)
        );
    }

    /// <summary>A tool with a schema written by hand. Works when trimmed and compiled ahead of time.</summary>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="parameters">A JSON Schema of an object.</param>
    /// <param name="function">The code; gets the arguments as an object. Runs at the same time as other calls of the turn.</param>
    /// <exception cref="GroqValidationException">The name is not well formed, or the schema is not an object.</exception>
    public static Tool Create(
        string name,
        string? description,
        JsonElement parameters,
        Func<JsonElement, CancellationToken, Task<string>> function
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Tool(name, description, parameters, function);
    }

    private static JsonElement ParametersOf(JsonTypeInfo args)
    {
        JsonObject schema = new SchemaBuilder(SchemaRules.Tool, "parameters").Document(args);
        return schema["properties"] is JsonObject
            ? SchemaBuilder.ToElement(schema)
            : throw ChatRequestRules.Invalid(
                "parameters",
                $"{SchemaNames.Of(args.Type)} must be an object whose properties are the parameters."
            );
    }
}
