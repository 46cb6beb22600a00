namespace GroqKit.Gateway.Services.Errors;

/// <summary>The values of <c>error.type</c> that the gateway itself sends.</summary>
internal static class ErrorTypes
{
    /// <summary>The caller has to change the request.</summary>
    public const string InvalidRequest = "invalid_request_error";

    /// <summary>The provider behind the gateway failed; the request was fine.</summary>
    public const string Upstream = "upstream_error";

    /// <summary>The gateway failed or is going away; the request was fine.</summary>
    public const string Server = "server_error";
}
