using System.Diagnostics;
using System.Net.Http.Headers;

namespace GroqKit.Authentication;

/// <summary>The default: the key as a bearer token. The key can be replaced while calls are running; calls under way keep the old one.</summary>
public sealed class ApiKeyAuthentication : IGroqAuthentication
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private volatile AuthenticationHeaderValue? _header;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _problem;

    /// <summary>Begins with a key.</summary>
    /// <param name="key">The key.</param>
    public ApiKeyAuthentication(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _problem = key.FindProblem();
        if (_problem is null)
            _header = new AuthenticationHeaderValue("Bearer", key.Reveal());
    }

    /// <inheritdoc/>
    public string Scheme => "Bearer";

    /// <summary>Replaces the key from the next attempt on.</summary>
    /// <param name="key">The new key.</param>
    /// <exception cref="GroqConfigurationException">The key is not well formed; the old one stays.</exception>
    public void Rotate(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.FindProblem() is { } problem)
            throw new GroqConfigurationException([$"{nameof(GroqClientOptions.ApiKey)} {problem}"]);
        _header = new AuthenticationHeaderValue("Bearer", key.Reveal());
    }

    /// <inheritdoc/>
    public string? FindProblem() => _header is null ? _problem : null;

    /// <inheritdoc/>
    public ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Authorization = _header;
        return ValueTask.CompletedTask;
    }
}
