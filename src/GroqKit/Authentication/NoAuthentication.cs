namespace GroqKit.Authentication;

/// <summary>For requests that need no key, and should therefore not carry one.</summary>
internal sealed class NoAuthentication : IGroqAuthentication
{
    public string Scheme => "None";

    public string? FindProblem() => null;

    public ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
