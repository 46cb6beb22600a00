using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>A route of the gateway refused what a page needs.</summary>
/// <param name="error">What it said.</param>
internal sealed class RefusedException(GatewayError error) : Exception(error.Message)
{
    public GatewayError Error { get; } = error;
}
