namespace GroqKit;

/// <summary>
/// A word of the API that Groq may extend at any time: a role, a finish reason, a tier. Known words are static members of each
/// type; any other word is carried along unchanged, so that a new one never breaks a running program.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IStringValue<TSelf>
    where TSelf : struct, IStringValue<TSelf>
{
    /// <summary>The word as it stands on the wire. Null only in a default-initialised value.</summary>
    string Value { get; }

    /// <summary>The words known to this version. Reading one of them allocates nothing.</summary>
    static abstract ReadOnlySpan<TSelf> Known { get; }

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word as it stands on the wire.</param>
    static abstract TSelf Create(string value);
}
