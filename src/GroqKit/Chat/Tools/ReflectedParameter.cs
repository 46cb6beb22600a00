using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

/// <summary>One parameter of a method that is a tool.</summary>
[RequiresUnreferencedCode(ReflectedJson.Warning)]
[RequiresDynamicCode(ReflectedJson.Warning)]
internal sealed class ReflectedParameter
{
    private readonly ParameterInfo _parameter;
    private readonly JsonTypeInfo? _type;
    private readonly bool _takesNull;

    public ReflectedParameter(ParameterInfo parameter, JsonSerializerOptions json)
    {
        _parameter = parameter;
        Type type = parameter.ParameterType;
        string name = parameter.Name ?? $"arg{parameter.Position}";
        Name = json.PropertyNamingPolicy?.ConvertName(name) ?? name;
        IsHidden = type == typeof(CancellationToken);
        if (IsHidden)
            return;
        if (type.IsByRef || type.IsByRefLike || type.IsPointer || IsService(type))
            throw ChatRequestRules.Invalid($"parameters.{Name}", $"is of {type.Name}, which no JSON can fill.");
        _type = json.GetTypeInfo(type);
        _takesNull = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
    }

    public string Name { get; }

    /// <summary>Whether the model does not see it.</summary>
    public bool IsHidden { get; }

    public bool IsOptional => _parameter.HasDefaultValue;

    public JsonObject Describe(SchemaBuilder builder)
    {
        JsonObject keywords = SchemaAnnotations.Keywords(_parameter);
        if (IsOptional && _parameter.DefaultValue is { } value)
            keywords["default"] = JsonSerializer.SerializeToNode(Typed(value), _type!);
        JsonObject schema = builder.Part(_type!, SchemaAnnotations.Description(_parameter), keywords);
        return IsOptional || _takesNull ? SchemaBuilder.OrNull(schema) : schema;
    }

    /// <exception cref="ToolArgumentsException">The value is not of the parameter's type.</exception>
    public object? Read(JsonElement arguments, CancellationToken cancellationToken)
    {
        if (IsHidden)
            return cancellationToken;
        if (!arguments.TryGetProperty(Name, out JsonElement value))
            return IsOptional ? Typed(_parameter.DefaultValue) : null;
        try
        {
            return value.Deserialize(_type!);
        }
        catch (JsonException error)
        {
            throw new ToolArgumentsException($"{Name}: {ToolArguments.Mismatch(error).Message}", error);
        }
    }

    // The default of an enumeration is stored as its number, that of a structure as nothing.
    private object? Typed(object? value)
    {
        Type type = Nullable.GetUnderlyingType(_parameter.ParameterType) ?? _parameter.ParameterType;
        if (value is null)
            return _parameter.ParameterType == type && type.IsValueType ? Activator.CreateInstance(type) : null;
        return type.IsEnum ? Enum.ToObject(type, value) : value;
    }

    // Nothing but a collection can be made for an interface.
    private static bool IsService(Type type) =>
        (type.IsInterface && !typeof(System.Collections.IEnumerable).IsAssignableFrom(type))
        || typeof(Delegate).IsAssignableFrom(type);
}
