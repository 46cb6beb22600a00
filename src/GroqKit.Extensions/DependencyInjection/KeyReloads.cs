using GroqKit.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>
/// Gives clients the key that their configuration has now. Anything wrong in a reloaded configuration leaves the old key in place: a slip of the pen
/// must not take a running service down.
/// </summary>
internal sealed partial class KeyReloads(
    IEnumerable<ReloadableSection> sections,
    IOptionsFactory<GroqClientOptions> options,
    ILoggerFactory? loggers = null
) : IDisposable
{
    private readonly List<IDisposable> _watches = [];
    private readonly ILogger? _logger = loggers?.CreateLogger("GroqKit.Configuration");

    /// <param name="name">The options' name.</param>
    /// <param name="key">The key they have now.</param>
    public IGroqAuthentication Watch(string name, ApiKey key)
    {
        var authentication = new ApiKeyAuthentication(key);
        foreach (ReloadableSection source in sections)
        {
            if (source.OptionsName != name)
                continue;
            IDisposable watch = ChangeToken.OnChange(source.Section.GetReloadToken, () => Reload(name, authentication));
            lock (_watches)
                _watches.Add(watch);
        }
        return authentication;
    }

    public void Dispose()
    {
        lock (_watches)
        {
            foreach (IDisposable watch in _watches)
                watch.Dispose();
            _watches.Clear();
        }
    }

    private void Reload(string name, ApiKeyAuthentication authentication)
    {
        try
        {
            if (options.Create(name).ApiKey is { } key)
                authentication.Rotate(key);
        }
        catch (Exception error)
        {
            if (_logger is not null)
                KeyIsKept(_logger, name, error.Message);
        }
    }

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The reloaded configuration of the Groq client '{Name}' is not valid, and its key stays as it was: {Errors}"
    )]
    private static partial void KeyIsKept(ILogger logger, string name, string errors);
}
