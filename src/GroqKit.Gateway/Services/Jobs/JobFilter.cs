namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Which jobs to list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="State">One of <see cref="JobStates"/>; null for any.</param>
/// <param name="Kind">Null for any.</param>
internal sealed record JobFilter(string Tenant, string? State, string? Kind)
{
    /// <summary>What kinds begin with; null for any.</summary>
    public string? KindPrefix { get; init; }
}
