using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults;

/// <summary>Where a stream stands: the frame that would be next, and how many frames with content went before it.</summary>
internal readonly record struct StreamMoment(Exchange Exchange, IFrameSink Stream, FrameKind Next, int ContentSent)
{
    /// <summary>
    /// Whether a fault set for "after so many frames of content" is due. A shorter answer is met at its closing frame, so that the
    /// fault never fails to happen.
    /// </summary>
    public bool IsDue(int after) => (Next is FrameKind.Content && ContentSent >= after) || Next is FrameKind.Closing;
}
