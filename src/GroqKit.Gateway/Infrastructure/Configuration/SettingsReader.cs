using System.Globalization;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads settings by path and collects what is wrong instead of stopping at the first error.</summary>
internal sealed class SettingsReader(IConfiguration configuration, ConfigFile file)
{
    private static readonly (string Suffix, double Milliseconds)[] Units =
    [
        ("ms", 1),
        ("s", 1e3),
        ("m", 60e3),
        ("h", 3600e3),
    ];

    private readonly List<string> _errors = [.. file.Errors.Select(SecretMask.Hide)];
    private readonly Dictionary<string, SettingRead> _reads = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every setting that was asked for, in the order of their paths.</summary>
    public IReadOnlyList<SettingRead> Reads => [.. _reads.Values.OrderBy(read => read.Path, StringComparer.Ordinal)];

    /// <summary>Whether anything is wrong so far.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>Notes an error; what looks like a secret in it is masked, wherever it came from.</summary>
    public void Fail(string path, string reason) =>
        _errors.Add(
            SecretMask.Hide(
                file.Origins.TryGetValue(path, out string? origin)
                    ? $"{path} ({origin}): {reason}"
                    : $"{path}: {reason}"
            )
        );

    /// <summary>What a section holds, by name.</summary>
    public IEnumerable<string> Names(string section) =>
        configuration.GetSection(section).GetChildren().Select(child => child.Key).Order(StringComparer.Ordinal);

    /// <summary>A list written with commas or semicolons; empty where the setting is absent.</summary>
    public string[] List(string path) =>
        Text(path)?.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Names right below <paramref name="section"/> other than these are typing errors.</summary>
    public void RefuseOthers(string section, IReadOnlyCollection<string> known)
    {
        foreach (string name in Names(section).Except(known, StringComparer.OrdinalIgnoreCase))
            Fail($"{section}:{name}", $"is not a setting; there are {string.Join(", ", known)}");
    }

    /// <exception cref="SettingsException">Something was wrong.</exception>
    public void ThrowIfFailed()
    {
        if (_errors.Count > 0)
            throw new SettingsException(_errors);
    }

    /// <summary>The text of a setting, or null where it is absent or empty.</summary>
    public string? Text(string path)
    {
        _reads.TryAdd(path, new SettingRead(path, SettingKind.Text));
        return configuration[path] is { Length: > 0 } text ? text : null;
    }

    /// <summary>A time such as <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c> or <c>00:00:30</c>.</summary>
    public TimeSpan Duration(string path, TimeSpan fallback, TimeSpan min, TimeSpan max)
    {
        _reads[path] = new SettingRead(path, SettingKind.Duration, Show(fallback), Show(min), Show(max));
        if (Text(path) is not { } text)
            return fallback;
        if (!TryParse(text, out TimeSpan value))
            Fail(path, $"'{Shown(path, text)}' is not a time; write for example 500ms, 30s, 2m or 00:00:30");
        else if (value < min || value > max)
            Fail(path, $"'{Shown(path, text)}' must be from {Show(min)} to {Show(max)}");
        else
            return value;
        return fallback;
    }

    public int Count(string path, int fallback, int min, int max)
    {
        _reads[path] = new SettingRead(path, SettingKind.Count, $"{fallback}", $"{min}", $"{max}");
        if (Text(path) is not { } text)
            return fallback;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            Fail(path, $"'{Shown(path, text)}' is not a whole number");
        else if (value < min || value > max)
            Fail(path, $"'{Shown(path, text)}' must be from {min} to {max}");
        else
            return value;
        return fallback;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string path, bool fallback)
    {
        _reads[path] = new SettingRead(path, SettingKind.Flag, fallback ? "true" : "false");
        if (Text(path) is not { } text)
            return fallback;
        if (bool.TryParse(text, out bool value))
            return value;
        Fail(path, $"'{Shown(path, text)}' must be true or false");
        return fallback;
    }

    /// <summary>A secret that will stand in a header: printable ASCII without spaces. Errors never show it.</summary>
    public string? Secret(string path, int minLength, int maxLength)
    {
        _reads[path] = new SettingRead(path, SettingKind.Secret);
        if (Text(path) is not { } secret)
            return null;
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            Fail(path, "holds a line break, space or other character that can't stand in a header");
        else if (secret.Length < minLength)
            Fail(path, $"is too short; at least {minLength} characters");
        else if (secret.Length > maxLength)
            Fail(path, $"is too long; at most {maxLength} characters");
        else
            return secret;
        return null;
    }

    /// <summary>Names below <paramref name="section"/> that no setting has are typing errors.</summary>
    public void RefuseUnknown(string section, IReadOnlyCollection<string> known)
    {
        foreach (IConfigurationSection child in configuration.GetSection(section).GetChildren())
            RefuseUnknown(child, known);
    }

    private void RefuseUnknown(IConfigurationSection section, IReadOnlyCollection<string> known)
    {
        bool isPrefix = known.Any(path => path.StartsWith(section.Path + ':', StringComparison.OrdinalIgnoreCase));
        if (isPrefix)
        {
            foreach (IConfigurationSection child in section.GetChildren())
                RefuseUnknown(child, known);
        }
        else if (!known.Contains(section.Path, StringComparer.OrdinalIgnoreCase))
        {
            Fail(section.Path, "is not a setting");
        }
    }

    private static bool TryParse(string text, out TimeSpan value)
    {
        foreach ((string suffix, double milliseconds) in Units)
        {
            if (
                text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(
                    text.AsSpan()[..^suffix.Length],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out double count
                )
                && count < 1e9
            )
            {
                value = TimeSpan.FromMilliseconds(count * milliseconds);
                return true;
            }
        }
        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value);
    }

    // Whoever mixes two settings up must not find the key of one in the error of the other.
    private static string Shown(string path, string text) => SecretMask.Show(path, text);

    private static string Show(TimeSpan time) =>
        time.TotalSeconds >= 1 || time == TimeSpan.Zero
            ? $"{time.TotalSeconds:0.###}s"
            : $"{time.TotalMilliseconds:0}ms";
}
