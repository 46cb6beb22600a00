using System.Net.Sockets;

namespace GroqKit.Providers.Http;

/// <summary>What errors of the transport mean.</summary>
internal static class NetworkFailures
{
    public static bool Handles(Exception error) => error is HttpRequestException or IOException or SocketException;

    /// <summary>Whether nothing can have reached the provider.</summary>
    public static bool IsRefused(Exception? error) =>
        error switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => true,
            HttpRequestException http => IsRefused(http.InnerException),
            SocketException socket => socket.SocketErrorCode
                is SocketError.ConnectionRefused
                    or SocketError.HostUnreachable
                    or SocketError.NetworkUnreachable,
            _ => false,
        };

    /// <param name="error">An error that is handled.</param>
    /// <param name="hasBegun">Whether the answer had begun.</param>
    /// <param name="details">What is known.</param>
    public static ProviderException Map(Exception error, bool hasBegun, ProviderFailureDetails details)
    {
        ProviderFailure failure =
            hasBegun ? ProviderFailure.StreamCut
            : IsRefused(error) ? ProviderFailure.Refused
            : ProviderFailure.Network;
        string what = failure switch
        {
            ProviderFailure.StreamCut => "The connection broke while the answer was coming",
            ProviderFailure.Refused => "Nobody answers at the address",
            _ => "The connection broke",
        };
        return new ProviderException(failure, $"{details.Provider}: {what}. {error.Message}", details, error);
    }
}
