using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>Reads the values of a section, and remembers what could not be read and what nobody asked for. For one thread.</summary>
internal sealed class SectionReader(IConfiguration section, string prefix = "")
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];

    public void Text(string key, Action<string> set)
    {
        _known.Add(key);
        if (section[key] is { Length: > 0 } value)
            set(value);
    }

    public void Duration(string key, Action<TimeSpan> set) =>
        Read(
            key,
            set,
            static (string text, out TimeSpan value) =>
                TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value),
            "a duration such as 00:01:30"
        );

    public void Integer(string key, Action<int> set) =>
        Read(
            key,
            set,
            static (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            "a whole number"
        );

    public void Number(string key, Action<double> set) =>
        Read(
            key,
            set,
            static (string text, out double value) =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
            "a number"
        );

    public void Flag(string key, Action<bool> set) => Read(key, set, bool.TryParse, "true or false");

    /// <summary>One of the names of an enumeration; numbers are none.</summary>
    public void Choice<T>(string key, Action<T> set)
        where T : struct, Enum =>
        Read(
            key,
            set,
            static (string text, out T value) =>
                Enum.TryParse(text, ignoreCase: true, out value)
                && Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase),
            string.Join(" or ", Enum.GetNames<T>())
        );

    /// <summary>A dictionary or a list: every child with its name.</summary>
    public void Entries(string key, Action<string, string> set)
    {
        _known.Add(key);
        foreach (IConfigurationSection entry in section.GetSection(key).GetChildren())
            set(entry.Key, entry.Value ?? "");
    }

    public void Section(string key, Action<SectionReader> read)
    {
        _known.Add(key);
        var inner = new SectionReader(section.GetSection(key), $"{prefix}{key}.");
        read(inner);
        _errors.AddRange(inner.Finish());
    }

    /// <summary>Every error, each beginning with the option's name. Values are not repeated: they may be secrets in the wrong place.</summary>
    public List<string> Finish()
    {
        foreach (IConfigurationSection entry in section.GetChildren())
        {
            if (!_known.Contains(entry.Key))
                _errors.Add($"{prefix}{entry.Key} is not an option.");
        }
        return _errors;
    }

    private delegate bool TryRead<T>(string text, out T value);

    private void Read<T>(string key, Action<T> set, TryRead<T> tryRead, string expected)
    {
        _known.Add(key);
        if (section[key] is not { Length: > 0 } text)
            return;
        if (tryRead(text.Trim(), out T value))
            set(value);
        else
            _errors.Add($"{prefix}{key} must be {expected}.");
    }
}
