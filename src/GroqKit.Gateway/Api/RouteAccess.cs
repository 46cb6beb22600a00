using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Api;

/// <summary>Who may use a route. Every route carries one.</summary>
/// <param name="Needed">What a key has to permit; <see cref="Scopes.None"/> where no key is asked for.</param>
internal sealed record RouteAccess(Scopes Needed)
{
    /// <summary>For everyone: says nothing about callers, addresses or volumes.</summary>
    public static RouteAccess Public { get; } = new(Scopes.None);

    /// <summary>For whoever calls from the gateway's own machine; from elsewhere the route asks for a key itself.</summary>
    public static RouteAccess ThisMachine { get; } = new(Scopes.None);

    /// <summary>Asks for a signature in place of a key.</summary>
    public static RouteAccess Signed { get; } = new(Scopes.None);

    /// <summary>For a browser that has signed in; what its key permits is asked of every call that the page makes.</summary>
    public static RouteAccess Session { get; } = new(Scopes.None);

    /// <summary>Answers nothing but an error.</summary>
    public static RouteAccess Refusal { get; } = new(Scopes.None);
}
