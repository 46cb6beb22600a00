namespace GroqKit.Providers.Configuration;

/// <summary>Gathers errors below one path. For one thread.</summary>
/// <param name="path">The path that errors are below, for example <c>providers[1]</c>.</param>
public sealed class ErrorList(string path)
{
    private readonly List<ConfigurationError> _errors = [];

    /// <summary>What was gathered.</summary>
    public IReadOnlyList<ConfigurationError> Errors => _errors;

    /// <summary>Adds an error.</summary>
    /// <param name="field">The field below the path, for example <c>settings.dialect</c>. Empty: the path itself.</param>
    /// <param name="message">What is wrong, without repeating a secret.</param>
    public void Add(string field, string message)
    {
        string at =
            field.Length == 0 ? path
            : path.Length == 0 ? field
            : $"{path}.{field}";
        _errors.Add(new ConfigurationError(at, message));
    }

    internal void AddIf(bool wrong, string field, string message)
    {
        if (wrong)
            Add(field, message);
    }
}
