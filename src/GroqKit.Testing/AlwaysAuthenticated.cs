using GroqKit.Authentication;

namespace GroqKit.Testing;

/// <summary>Authentication that always succeeds and needs no key: it sends nothing.</summary>
public sealed class AlwaysAuthenticated : IGroqAuthentication
{
    /// <inheritdoc/>
    public string Scheme => "None";

    /// <inheritdoc/>
    public string? FindProblem() => null;

    /// <inheritdoc/>
    public ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
