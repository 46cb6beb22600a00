namespace GroqKit.AheadOfTime;

/// <summary>How it looks above.</summary>
internal enum Sky
{
    Clear,
    Cloudy,
}
