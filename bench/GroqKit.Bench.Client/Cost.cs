namespace GroqKit.Bench.Client;

/// <summary>What one unit takes.</summary>
internal sealed record Cost(double Microseconds, double Bytes)
{
    public Cost DividedBy(double units) => new(Microseconds / units, Bytes / units);

    public Cost Less(Cost other) => new(Microseconds - other.Microseconds, Bytes - other.Bytes);

    public override string ToString() => $"{Microseconds:0.00} us {Bytes, 6:0} B";
}
