using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>One OpenAI-compatible call.</summary>
/// <param name="Method">How it is called.</param>
/// <param name="Path">Below the root.</param>
/// <param name="Operation">Its name in records.</param>
/// <param name="Needed">What a key has to permit.</param>
/// <param name="Handler">Who answers.</param>
internal sealed record CallRoute(
    string Method,
    string Path,
    string Operation,
    Scopes Needed,
    Func<Exchange, Task> Handler
);
