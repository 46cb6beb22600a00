namespace GroqKit.Simulator.Models;

internal enum ModelStatus
{
    Production,
    Preview,
    Unlisted,
    Enterprise,
    Retired,

    /// <summary>May be called but is on no list.</summary>
    Hidden,
}
