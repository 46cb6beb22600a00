using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>What a method that is a tool returns: awaited, and written for the model.</summary>
[RequiresUnreferencedCode(ReflectedJson.Warning)]
[RequiresDynamicCode(ReflectedJson.Warning)]
internal sealed class ReflectedResult
{
    /// <summary>What the model gets from code that returns nothing.</summary>
    private const string Done = "Done.";

    private readonly JsonSerializerOptions _json;
    private readonly Type? _type;
    private readonly Func<object, Task<object?>> _await;

    public ReflectedResult(MethodInfo method, JsonSerializerOptions json)
    {
        _json = json;
        Type returned = method.ReturnType;
        Type? form = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        if (form == typeof(Task<>) || form == typeof(ValueTask<>))
        {
            _type = returned.GenericTypeArguments[0];
            _await = typeof(ReflectedResult)
                .GetMethod(
                    form == typeof(Task<>) ? nameof(OfTask) : nameof(OfValueTask),
                    BindingFlags.Static | BindingFlags.NonPublic
                )!
                .MakeGenericMethod(_type)
                .CreateDelegate<Func<object, Task<object?>>>();
            return;
        }
        _type = returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask) ? null : returned;
        _await = static async result =>
        {
            if (result is Task task)
                await task.ConfigureAwait(false);
            else if (result is ValueTask valueTask)
                await valueTask.ConfigureAwait(false);
            return result;
        };
    }

    public async Task<string> WriteAsync(object? result)
    {
        object? value = result is null ? null : await _await(result).ConfigureAwait(false);
        if (_type is null)
            return Done;
        return value as string ?? JsonSerializer.Serialize(value, _json.GetTypeInfo(_type));
    }

    private static async Task<object?> OfTask<T>(object task) => await ((Task<T>)task).ConfigureAwait(false);

    private static async Task<object?> OfValueTask<T>(object task) => await ((ValueTask<T>)task).ConfigureAwait(false);
}
