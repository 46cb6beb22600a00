using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Chat;

/// <summary>A method as a tool's code: its parameters as a schema, and its call from JSON.</summary>
[RequiresUnreferencedCode(ReflectedJson.Warning)]
[RequiresDynamicCode(ReflectedJson.Warning)]
internal sealed class ReflectedMethod
{
    private readonly MethodInfo _method;
    private readonly object? _target;
    private readonly ReflectedParameter[] _parameters;
    private readonly ReflectedResult _result;

    public ReflectedMethod(MethodInfo method, object? target, JsonSerializerOptions json)
    {
        if (method.ContainsGenericParameters)
            throw ChatRequestRules.Invalid("method", $"{method.Name} is generic: close it over its types first.");
        if (!method.IsStatic && target is null)
            throw ChatRequestRules.Invalid("target", $"is missing: {method.Name} is not static.");
        _method = method;
        _target = target;
        // A delegate may have bound the first parameter of a static method.
        IEnumerable<ParameterInfo> parameters = method.GetParameters().Skip(HasBoundFirst ? 1 : 0);
        _parameters = [.. parameters.Select(parameter => new ReflectedParameter(parameter, json))];
        _result = new ReflectedResult(method, json);
        Parameters = Describe();
    }

    /// <summary>Null when the compiler made the name up.</summary>
    public string? Name
    {
        get
        {
            string name = _method.Name;
            if (name.StartsWith('<'))
            {
                // A local function is named "<Outer>g__Name|0_0", a lambda "<Outer>b__0".
                int start = name.IndexOf(">g__", StringComparison.Ordinal);
                int end = name.LastIndexOf('|');
                if (start < 0 || end < start)
                    return null;
                name = name[(start + 4)..end];
            }
            const string Suffix = "Async";
            return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
                ? name[..^Suffix.Length]
                : name;
        }
    }

    public JsonElement Parameters { get; }

    private bool HasBoundFirst => _method.IsStatic && _target is not null;

    public Task<string> InvokeAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        object?[] values = [.. _parameters.Select(parameter => parameter.Read(arguments, cancellationToken))];
        object? result = HasBoundFirst
            ? _method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [_target, .. values], null)
            : _method.Invoke(_target, BindingFlags.DoNotWrapExceptions, null, values, null);
        return _result.WriteAsync(result);
    }

    private JsonElement Describe()
    {
        var builder = new SchemaBuilder(SchemaRules.Tool, "parameters");
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (ReflectedParameter parameter in _parameters.Where(parameter => !parameter.IsHidden))
        {
            properties[parameter.Name] = parameter.Describe(builder);
            if (!parameter.IsOptional)
                required.Add((JsonNode)parameter.Name);
        }
        var document = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            document["required"] = required;
        builder.AddDefinitions(document);
        return SchemaBuilder.ToElement(document);
    }
}
