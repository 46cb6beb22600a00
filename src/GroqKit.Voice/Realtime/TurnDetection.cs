using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>How the end of the caller's turn is found.</summary>
/// <param name="Activity">When sound counts as speech.</param>
/// <param name="Prefix">What is kept from before speech.</param>
/// <param name="CreatesResponse">Whether an answer begins by itself.</param>
/// <param name="Interrupts">Whether speech ends the answer that goes on.</param>
/// <param name="IdleTimeout">An answer begins by itself when nobody spoke for so long after the last; null for never.</param>
internal sealed record TurnDetection(
    VoiceActivityOptions Activity,
    TimeSpan Prefix,
    bool CreatesResponse,
    bool Interrupts,
    TimeSpan? IdleTimeout
)
{
    /// <exception cref="RealtimeException">A member is wrong.</exception>
    public static TurnDetection? Read(JsonNode? node, string param)
    {
        if (node is null)
            return null;
        JsonObject members = Members.Object(node, param)!;
        string type = Members.Text(members["type"], param + ".type") ?? "server_vad";
        double threshold = Members.Number(members["threshold"], param + ".threshold") ?? 0.5;
        if (threshold is not (>= 0 and <= 1))
            throw RealtimeException.Wrong(param + ".threshold", "must be from 0 to 1.");
        int silence = type switch
        {
            "server_vad" => Members.Milliseconds(
                members["silence_duration_ms"],
                param + ".silence_duration_ms",
                500,
                10_000
            ),
            // No model judges here whether a sentence is complete; eager is less patient.
            "semantic_vad" => Members.Text(members["eagerness"], param + ".eagerness") switch
            {
                "low" => 1_500,
                "high" => 400,
                null or "auto" or "medium" => 800,
                _ => throw RealtimeException.Wrong(param + ".eagerness", "must be low, medium, high or auto."),
            },
            _ => throw RealtimeException.Wrong(param + ".type", $"'{type}' is none of server_vad, semantic_vad."),
        };
        int prefix = Members.Milliseconds(members["prefix_padding_ms"], param + ".prefix_padding_ms", 300, 10_000);
        return new TurnDetection(
            // Half of the scale is the usual distance from the noise.
            new VoiceActivityOptions
            {
                AboveNoise = 3 + 12 * threshold,
                Hangover = TimeSpan.FromMilliseconds(Math.Max(silence, 20)),
            },
            TimeSpan.FromMilliseconds(prefix),
            Members.Flag(members["create_response"], param + ".create_response") ?? true,
            Members.Flag(members["interrupt_response"], param + ".interrupt_response") ?? true,
            ReadIdle(members["idle_timeout_ms"], type, param + ".idle_timeout_ms")
        );
    }

    private static TimeSpan? ReadIdle(JsonNode? node, string type, string param)
    {
        if (Members.Number(node, param) is not { } milliseconds)
            return null;
        if (type != "server_vad")
            throw RealtimeException.Wrong(param, "goes with server_vad alone.");
        return milliseconds is >= 5_000 and <= 30_000
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw RealtimeException.Wrong(param, "must be from 5000 to 30000.");
    }
}
