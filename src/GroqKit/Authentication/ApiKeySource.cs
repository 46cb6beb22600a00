using System.Net.Http.Headers;

namespace GroqKit.Authentication;

/// <summary>Asks for the key before every attempt: for keys that live in a vault and change there.</summary>
/// <param name="source">Returns the key; called by many threads at once, so it should cache.</param>
public sealed class ApiKeySource(Func<CancellationToken, ValueTask<ApiKey>> source) : IGroqAuthentication
{
    /// <inheritdoc/>
    public string Scheme => "Bearer";

    /// <inheritdoc/>
    public string? FindProblem() => null;

    /// <inheritdoc/>
    /// <exception cref="GroqConfigurationException">The key that was returned is not well formed.</exception>
    public async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ApiKey key = await source(cancellationToken).ConfigureAwait(false);
        if (key.FindProblem() is { } problem)
            throw new GroqConfigurationException([$"{nameof(GroqClientOptions.ApiKey)} {problem}"]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
    }
}
