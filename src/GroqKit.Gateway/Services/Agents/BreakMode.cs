namespace GroqKit.Gateway.Services.Agents;

/// <summary>What is done when a stream breaks after words were sent.</summary>
internal enum BreakMode
{
    /// <summary>It ends in one clear error.</summary>
    Fail,

    /// <summary>Another model goes on where it stopped, where one can.</summary>
    Continue,

    /// <summary>Another model answers from the beginning, announced so that the caller can throw away what it has.</summary>
    Restart,

    /// <summary>The first words are held back, so that a break among them goes unnoticed; after that it fails.</summary>
    Hold,
}
