using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using GroqKit.Voice.Realtime;
using GroqKit.Voice.Tests.Turns;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>Runs realtime sessions, and says what their callers say.</summary>
internal static class RealtimeTalk
{
    public const string Ask =
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Hello?"}]}}""";

    public const string Create = """{"type":"response.create"}""";

    public static async Task RunAsync(
        Line line,
        ActedChat chat,
        ActedVoice? voice = null,
        ActedHearing? hearing = null,
        CancellationToken? cancellationToken = null,
        Func<RealtimeOptions, RealtimeOptions>? with = null,
        TimeProvider? time = null,
        Action<RealtimeSession>? begun = null
    )
    {
        var options = new RealtimeOptions
        {
            Model = "agent/talker",
            Clients = _ => new VoiceClients
            {
                SpeechToText = hearing ?? ActedHearing.Hears("what was said"),
                Chat = chat,
                TextToSpeech = voice ?? new ActedVoice(),
            },
        };
        using var session = new RealtimeSession(line, with?.Invoke(options) ?? options, time);
        begun?.Invoke(session);
        await session.RunAsync(cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public static void Speak(Line line, short[] sound)
    {
        foreach (byte[] piece in MemoryMarshal.AsBytes<short>(sound).ToArray().Chunk(16 * 1024))
            line.Say($$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(piece)}}"}""");
    }

    public static IEnumerable<string> Deltas(Line line, string type) =>
        line
            .Seen.Where(happened => happened["type"]!.ToString() == type)
            .Select(happened => happened["delta"]!.ToString());
}
