using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Faults;

/// <summary>Where a stream's frames go, as far as faults meddle with it: server-sent events, or messages of a socket.</summary>
internal interface IFrameSink
{
    /// <summary>Hands everything written so far to the operating system.</summary>
    ValueTask FlushAsync();

    /// <summary>Sends a frame that breaks off inside its JSON.</summary>
    ValueTask WriteBrokenAsync();

    /// <summary>Sends an error as the wire has it in the middle of a stream.</summary>
    ValueTask WriteErrorAsync(ApiError error);
}
