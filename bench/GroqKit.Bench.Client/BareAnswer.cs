namespace GroqKit.Bench.Client;

internal sealed class BareAnswer
{
    public string? Id { get; set; }

    public string? Object { get; set; }

    public long Created { get; set; }

    public string? Model { get; set; }

    public string? SystemFingerprint { get; set; }

    public BareChoice[] Choices { get; set; } = [];

    public BareUsage? Usage { get; set; }
}
