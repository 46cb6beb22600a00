using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Hosting;

/// <summary>Says in a line or two why the gateway didn't start, for the causes that the operator can mend.</summary>
internal static class StartFailure
{
    public static string? Explain(Exception failure) =>
        failure switch
        {
            SettingsException settings => "The gateway can't start with these settings:"
                + string.Concat(settings.Errors.Select(error => Environment.NewLine + "  " + error)),
            KeyStoreException or DatabaseException or JournalException or ListenException => failure.Message,
            InvalidDataException broken => "The configuration can't be read: " + broken.Message,
            _ => null,
        };
}
