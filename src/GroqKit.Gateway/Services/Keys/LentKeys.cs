using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>
/// Stand-ins for keys whose text the gateway doesn't know: for a call that a signed-in browser makes, or a session that a page opened, and
/// only while it runs. They are random, are in this process's memory only, and grant what the key behind them grants. Thread-safe.
/// </summary>
internal sealed class LentKeys
{
    private const string Prefix = "lent-";
    private const int Digits = 40;

    private readonly ConcurrentDictionary<string, ValidKey> _lent = new(StringComparer.Ordinal);

    /// <summary>Dispose of it when the call is over.</summary>
    public Loan Lend(ValidKey key)
    {
        string text = Prefix + RandomNumberGenerator.GetHexString(Digits, lowercase: true);
        _lent[text] = key;
        return new Loan(this, text);
    }

    /// <summary>Whose stand-in a text is; null for other texts.</summary>
    public ValidKey? Find(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) ? _lent.GetValueOrDefault(text.ToString()) : null;

    /// <summary>A stand-in that is valid until it is disposed of.</summary>
    /// <param name="keys">Who lent it.</param>
    /// <param name="text">What stands in the place of the key's text.</param>
    internal readonly struct Loan(LentKeys keys, string text) : IDisposable
    {
        public string Text => text;

        public void Dispose() => keys._lent.TryRemove(text, out _);
    }
}
