namespace GroqKit.Authentication;

/// <summary>
/// How calls identify themselves. Asked for every attempt, so a key can change while the client lives. Implementations must be safe for all
/// threads.
/// </summary>
public interface IGroqAuthentication
{
    /// <summary>The scheme's name, for example <c>Bearer</c>. Shown in diagnostics; holds no secret.</summary>
    string Scheme { get; }

    /// <summary>What is wrong with this authentication, without repeating a secret; null when nothing is.</summary>
    string? FindProblem();

    /// <summary>Puts credentials on a request.</summary>
    /// <param name="request">The request of one attempt.</param>
    /// <param name="cancellationToken">Ends with the attempt's deadline.</param>
    ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
