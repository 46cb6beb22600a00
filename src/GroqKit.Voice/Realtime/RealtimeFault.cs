namespace GroqKit.Voice.Realtime;

/// <summary>A fault in the words of the protocol.</summary>
/// <param name="Type">Whose it is.</param>
/// <param name="Code">What happened, in one word for programs.</param>
/// <param name="Message">What happened, in words.</param>
/// <param name="Param">The member that is wrong; null where none is.</param>
internal sealed record RealtimeFault(string Type, string Code, string Message, string? Param = null)
{
    /// <param name="raised">A mistake of the caller, a failure of a stage, or what nobody expected.</param>
    /// <param name="subject">What failed.</param>
    /// <param name="faulted">Told what nobody expected, since the caller learns only that there was something.</param>
    public static RealtimeFault Of(Exception raised, string subject, Action<Exception> faulted)
    {
        switch (raised)
        {
            case RealtimeException wrong:
                return new RealtimeFault("invalid_request_error", wrong.Code, wrong.Message, wrong.Param);
            case VoiceException failed:
                return Of(failed);
            default:
                faulted(raised);
                return new RealtimeFault("server_error", "internal_error", $"{subject} by a fault of the server.");
        }
    }

    public static RealtimeFault Of(VoiceException failed) => new("server_error", failed.Code, failed.Message);
}
