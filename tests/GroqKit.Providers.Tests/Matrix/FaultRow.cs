namespace GroqKit.Providers.Tests.Matrix;

/// <summary>Something that goes wrong at a provider.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Before">The simulator's fault that does it before any output; null: nobody listens at the address.</param>
/// <param name="After">The fault that does it after the first output; null: see <see cref="FaultMatrix"/>.</param>
/// <param name="Failures">What it may be called in the trace.</param>
internal sealed record FaultRow(string Name, string? Before, string? After, params ProviderFailure[] Failures)
{
    /// <summary>What of a call has to be under way before its deadline may pass; none for what fails of its own.</summary>
    public Hang Hang { get; init; }
}
