namespace GroqKit.Gateway.Services.Secrets;

/// <summary>Keeps secrets unreadable where they are stored.</summary>
internal interface ISecretProtector
{
    /// <summary>Whether secrets can be stored at all.</summary>
    bool IsAvailable { get; }

    /// <param name="place">Whose secret it is and of what; what was protected for one place can't be read at another.</param>
    /// <param name="secret">The text.</param>
    /// <returns>Text that can be stored.</returns>
    string Protect(string place, string secret);

    /// <exception cref="SecretException">It was protected with another master key or for another place, or was changed.</exception>
    string Unprotect(string place, string stored);

    /// <summary>Whether a stored secret is under another master key than new ones are.</summary>
    bool IsOutdated(string stored);
}
