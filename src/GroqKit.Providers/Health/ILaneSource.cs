namespace GroqKit.Providers.Health;

/// <summary>Knows the lanes that were used.</summary>
internal interface ILaneSource
{
    IReadOnlyCollection<HealthLane> All { get; }
}
