using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>How the end of the caller's turn is found.</summary>
/// <param name="Activity">When sound counts as speech.</param>
/// <param name="Prefix">What is kept from before speech.</param>
/// <param name="CreatesResponse">Whether an answer begins by itself.</param>
/// <param name="Interrupts">Whether speech ends the answer that goes on.</param>
internal sealed record TurnDetection(
    VoiceActivityOptions Activity,
    TimeSpan Prefix,
    bool CreatesResponse,
    bool Interrupts
)
{
    private const string Param = "session.audio.input.turn_detection";

    /// <exception cref="RealtimeException">A member is wrong.</exception>
    public static TurnDetection? Read(JsonNode? node)
    {
        if (node is null)
            return null;
        JsonObject members = Members.Object(node, Param)!;
        string type = Members.Text(members["type"], Param + ".type") ?? "server_vad";
        double threshold = Members.Number(members["threshold"], Param + ".threshold") ?? 0.5;
        if (threshold is not (>= 0 and <= 1))
            throw RealtimeException.Wrong(Param + ".threshold", "must be from 0 to 1.");
        int silence = type switch
        {
            "server_vad" => Members.Milliseconds(
                members["silence_duration_ms"],
                Param + ".silence_duration_ms",
                500,
                10_000
            ),
            // No model judges here whether a sentence is complete; eager is less patient.
            "semantic_vad" => Members.Text(members["eagerness"], Param + ".eagerness") switch
            {
                "low" => 1_500,
                "high" => 400,
                null or "auto" or "medium" => 800,
                _ => throw RealtimeException.Wrong(Param + ".eagerness", "must be low, medium, high or auto."),
            },
            _ => throw RealtimeException.Wrong(Param + ".type", $"'{type}' is none of server_vad, semantic_vad."),
        };
        int prefix = Members.Milliseconds(members["prefix_padding_ms"], Param + ".prefix_padding_ms", 300, 10_000);
        return new TurnDetection(
            // Half of the scale is the usual distance from the noise.
            new VoiceActivityOptions
            {
                AboveNoise = 3 + 12 * threshold,
                Hangover = TimeSpan.FromMilliseconds(Math.Max(silence, 20)),
            },
            TimeSpan.FromMilliseconds(prefix),
            Members.Flag(members["create_response"], Param + ".create_response") ?? true,
            Members.Flag(members["interrupt_response"], Param + ".interrupt_response") ?? true
        );
    }
}
