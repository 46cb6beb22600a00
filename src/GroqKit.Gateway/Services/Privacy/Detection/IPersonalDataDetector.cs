namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Finds some kinds of personal data. Implementations keep no state, take time in proportion to the text, and are safe for all threads.</summary>
internal interface IPersonalDataDetector
{
    /// <param name="text">Any text; not necessarily well-formed.</param>
    /// <param name="findings">Takes what is found, in any order.</param>
    void Detect(ReadOnlySpan<char> text, List<Finding> findings);
}
