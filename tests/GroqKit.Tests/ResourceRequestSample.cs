namespace GroqKit.Tests;

/// <summary>A request as it must go out.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query as on the wire.</param>
/// <param name="Json">The body; the fields of a form as one object; null without a body.</param>
/// <param name="Send">Sends it. Any JSON object, or an empty stream of events, is an answer.</param>
/// <param name="IsDocumented">False for what the published contract does not know, though the API takes it.</param>
public sealed record ResourceRequestSample(
    string Name,
    string Method,
    string Path,
    string? Json,
    Func<GroqClient, Task> Send,
    bool IsDocumented = true
);
