using Microsoft.JSInterop;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>There is no browser to call while a page is made; a component that tries is a mistake of ours.</summary>
internal sealed class NoScripts : IJSRuntime
{
    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
        throw new InvalidOperationException($"A page called the script {identifier} while it was made.");

    public ValueTask<TValue> InvokeAsync<TValue>(
        string identifier,
        CancellationToken cancellationToken,
        object?[]? args
    ) => InvokeAsync<TValue>(identifier, args);
}
