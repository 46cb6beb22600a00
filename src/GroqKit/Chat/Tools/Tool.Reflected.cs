using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace GroqKit.Chat;

public sealed partial class Tool
{
    /// <summary>
    /// A tool from a function, a lambda or a method. Its parameters become the tool's: their types give the schema, <c>[Description]</c> and data annotations
    /// say more, a default value makes one optional; a <see cref="CancellationToken"/> is passed in and not shown to the model.
    /// </summary>
    /// <param name="function">The code. A result that is no text is sent as JSON; tasks are awaited.</param>
    /// <param name="name">Default: the function's name without <c>Async</c>. Needed for a lambda, which has none.</param>
    /// <param name="description">What it does, for the model. Default: its <c>[Description]</c>.</param>
    /// <param name="json">How values are read and written. Default: camel case, enumerations as words.</param>
    /// <exception cref="GroqValidationException">The function has no usable name, or a parameter that no JSON can fill.</exception>
    [RequiresUnreferencedCode(ReflectedJson.Warning)]
    [RequiresDynamicCode(ReflectedJson.Warning)]
    public static Tool From(
        Delegate function,
        string? name = null,
        string? description = null,
        JsonSerializerOptions? json = null
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        return From(function.Method, function.Target, name, description, json);
    }

    /// <inheritdoc cref="From(Delegate, string?, string?, JsonSerializerOptions?)"/>
    /// <param name="method">The method.</param>
    /// <param name="target">The object to call it on; null for a static method.</param>
    /// <param name="name">Default: the method's name without <c>Async</c>.</param>
    /// <param name="description">What it does, for the model. Default: its <c>[Description]</c>.</param>
    /// <param name="json">How values are read and written. Default: camel case, enumerations as words.</param>
    [RequiresUnreferencedCode(ReflectedJson.Warning)]
    [RequiresDynamicCode(ReflectedJson.Warning)]
    public static Tool From(
        MethodInfo method,
        object? target,
        string? name = null,
        string? description = null,
        JsonSerializerOptions? json = null
    )
    {
        ArgumentNullException.ThrowIfNull(method);
        json ??= ReflectedJson.GetOptions();
        json.MakeReadOnly(populateMissingResolver: true);
        var reflected = new ReflectedMethod(method, target, json);
        return new Tool(
            name
                ?? reflected.Name
                ?? throw ChatRequestRules.Invalid("name", "is needed: a lambda has none of its own."),
            description ?? SchemaAnnotations.Description(method),
            reflected.Parameters,
            reflected.InvokeAsync
        );
    }

    /// <summary>A tool from each public method of an object that carries <see cref="DescriptionAttribute"/>.</summary>
    /// <param name="target">The object that the methods are called on.</param>
    /// <param name="json">How values are read and written. Default: camel case, enumerations as words.</param>
    /// <exception cref="GroqValidationException">No method is described, or one cannot be a tool.</exception>
    [RequiresUnreferencedCode(ReflectedJson.Warning)]
    [RequiresDynamicCode(ReflectedJson.Warning)]
    public static IReadOnlyList<Tool> AllOf(object target, JsonSerializerOptions? json = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        Tool[] tools =
        [
            .. target
                .GetType()
                .GetMethods()
                .Where(method => SchemaAnnotations.Description(method) is not null)
                .Select(method => From(method, method.IsStatic ? null : target, json: json)),
        ];
        return tools.Length > 0
            ? tools
            : throw ChatRequestRules.Invalid(
                "target",
                $"{target.GetType().Name} has no public method with [Description]."
            );
    }
}
