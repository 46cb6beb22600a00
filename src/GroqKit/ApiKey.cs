using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit;

/// <summary>
/// An API key. It shows itself nowhere: not in text, JSON, the debugger or an exception. Managed strings cannot be wiped, so the memory
/// is freed by the collector when the last client that holds it is gone.
/// </summary>
[DebuggerDisplay(Hidden)]
[TypeConverter(typeof(ApiKeyTypeConverter))]
[JsonConverter(typeof(ApiKeyJsonConverter))]
public sealed class ApiKey
{
    internal const string Hidden = "[hidden]";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps a key. It is checked when a client is made with it.</summary>
    /// <param name="value">The key, <c>gsk_…</c> at Groq.</param>
    public ApiKey(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Wraps a key.</summary>
    /// <param name="value">The key.</param>
    public static implicit operator ApiKey(string value) => new(value);

    /// <summary>Does not show the key.</summary>
    public override string ToString() => Hidden;

    /// <summary>The key itself, for whoever has to put it into a request.</summary>
    public string Reveal() => _value;

    /// <summary>What is wrong with the key, without repeating it; null when nothing is.</summary>
    internal string? FindProblem()
    {
        if (_value.Length == 0)
            return "is empty.";
        foreach (char letter in _value)
        {
            if (letter is < '!' or > '~')
                return "must not contain spaces, line ends, control characters or letters beyond ASCII.";
        }
        return null;
    }
}
