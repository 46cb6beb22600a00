namespace GroqKit.Voice.Realtime;

/// <summary>An event of the caller that is wrong; it is told, and the session goes on.</summary>
internal sealed class RealtimeException(string code, string message, string? param = null) : Exception(message)
{
    public string Code => code;

    public string? Param => param;

    public static RealtimeException Missing(string param) =>
        new("missing_required_parameter", $"{param}: is missing.", param);

    public static RealtimeException Unknown(string param) =>
        new("unknown_parameter", $"Unknown parameter: '{param}'.", param);

    public static RealtimeException Wrong(string param, string problem) =>
        new("invalid_value", $"{param}: {problem}", param);
}
