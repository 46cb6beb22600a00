namespace GroqKit.Simulator.Models;

internal enum ModelStatus
{
    Production,
    Preview,
    Unlisted,
    Enterprise,
    Retired,
}
