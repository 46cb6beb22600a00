namespace GroqKit.Catalog;

/// <summary>How Groq offers a model: one of the values below, or a word that a later catalogue introduces.</summary>
/// <remarks>Compared ordinally. The default value is an empty string and equals none of the named ones.</remarks>
public readonly record struct ModelStatus
{
    private readonly string? _value;

    /// <summary>Wraps a status as the catalogue's data spells it.</summary>
    /// <param name="value">For example <c>production</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank.</exception>
    public ModelStatus(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>For every account, meant for production.</summary>
    public static ModelStatus Production { get; } = new("production");

    /// <summary>For every account, for evaluation: may be withdrawn at short notice.</summary>
    public static ModelStatus Preview { get; } = new("preview");

    /// <summary>Only for accounts with an enterprise contract.</summary>
    public static ModelStatus Enterprise { get; } = new("enterprise");

    /// <summary>Shut down: requests fail.</summary>
    public static ModelStatus Retired { get; } = new("retired");

    /// <summary>Listed by GET /models, absent from the documentation.</summary>
    public static ModelStatus Unlisted { get; } = new("unlisted");

    /// <summary>The status as text.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
