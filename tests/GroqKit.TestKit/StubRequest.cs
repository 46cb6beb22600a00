namespace GroqKit.TestKit;

/// <summary>A request that a <see cref="StubServer"/> received.</summary>
public sealed record StubRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body
);
