namespace GroqKit.Simulator.Faults;

internal enum FrameKind
{
    /// <summary>The first frame, with the role.</summary>
    Opening,

    /// <summary>Text, reasoning or a tool call.</summary>
    Content,

    /// <summary>The frame with the finish reason.</summary>
    Closing,

    /// <summary>What ends the stream, <c>[DONE]</c>.</summary>
    Done,
}
