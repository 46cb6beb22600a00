using System.Net.Sockets;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Services.Keys;
using Microsoft.AspNetCore.Connections;

namespace GroqKit.Gateway.Hosting;

/// <summary>Says in a line or two why the gateway didn't start, for the causes that the operator can mend.</summary>
internal static class StartFailure
{
    public static string? Explain(Exception failure, IConfiguration configuration) =>
        failure switch
        {
            SettingsException settings => "The gateway can't start with these settings:"
                + string.Concat(settings.Errors.Select(error => Environment.NewLine + "  " + error)),
            KeyStoreException store => store.Message,
            IOException { InnerException: AddressInUseException } inUse => "The gateway can't listen: " + inUse.Message,
            SocketException denied => $"The gateway can't listen on {configuration["urls"]}: {denied.Message}.",
            FormatException or InvalidOperationException { TargetSite.DeclaringType.Name: "AddressBinder" } =>
                $"The gateway can't listen on '{configuration["urls"]}': {failure.Message}",
            InvalidDataException broken => "The configuration can't be read: " + broken.Message,
            _ => null,
        };
}
