namespace GroqKit.Gateway.Hosting;

/// <summary>The gateway can't listen on an address, for example because another process does.</summary>
internal sealed class ListenException(string addresses, Exception cause)
    : Exception($"The gateway can't listen on '{addresses}': {cause.Message}", cause);
