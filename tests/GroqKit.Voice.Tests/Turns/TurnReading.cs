namespace GroqKit.Voice.Tests.Turns;

internal static class TurnReading
{
    public static async Task<List<VoiceEvent>> ReadAllAsync(this VoiceTurn turn)
    {
        var events = new List<VoiceEvent>();
        await foreach (VoiceEvent happened in turn.ReadAsync())
            events.Add(happened);
        return events;
    }

    public static byte[] Sound(this IEnumerable<VoiceEvent> events) =>
        [.. events.OfType<AudioDelta>().SelectMany(delta => delta.Data.ToArray())];

    public static VoiceOutcome Outcome(this IEnumerable<VoiceEvent> events) =>
        events.OfType<TurnDone>().Single().Outcome;
}
