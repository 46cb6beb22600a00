namespace GroqKit.Bench.Client;

internal sealed class BareRequest
{
    public required string Model { get; init; }

    public required BareMessage[] Messages { get; init; }

    public double? Temperature { get; init; }

    public bool? Stream { get; init; }
}
