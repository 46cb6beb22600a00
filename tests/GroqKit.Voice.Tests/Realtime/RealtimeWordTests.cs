using System.Globalization;
using System.Text.Json.Nodes;
using GroqKit.Providers;
using GroqKit.Voice.Realtime;
using GroqKit.Voice.Tests.Turns;

namespace GroqKit.Voice.Tests.Realtime;

[Requirement("GW-19")]
public sealed class RealtimeWordTests
{
    private const string Sentence = "This is one sentence that somebody speaks over before it is at its end.";

    [Fact]
    public async Task An_answer_is_truncated_by_the_words_that_its_voice_marks()
    {
        Line line = new();
        using var session = new RealtimeSession(
            line,
            new RealtimeOptions
            {
                Model = "agent/talker",
                Clients = _ => new VoiceClients
                {
                    Chat = ActedChat.Says(Sentence),
                    TextToSpeech = new ActedVoice((text, cancel) => TimedVoice.SpeakAsync(text, null, cancel)),
                },
            }
        );
        Task running = session.RunAsync(TestContext.Current.CancellationToken);
        line.Say(
            """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Hello?"}]}}"""
        );
        line.Say("""{"type":"response.create"}""");
        string item = (await line.HearAsync("response.output_audio.delta"))["item_id"]!.ToString();
        await line.HearAsync("response.done");
        IReadOnlyList<SpokenWord> words = TimedVoice.WordsOf(Sentence);

        // From the last word to the first: what was taken off stays off.
        for (int heard = words.Count - 1; heard > 0; heard--)
        {
            // A millisecond before the next word is over.
            string played = (words[heard].End.TotalMilliseconds - 1).ToString("0", CultureInfo.InvariantCulture);
            line.Say(
                $$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":{{played}}}"""
            );
            await line.HearAsync("conversation.item.truncated");
            line.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
            JsonObject kept = await line.HearAsync("conversation.item.retrieved");
            kept["item"]!["content"]![0]!["transcript"]!
                .ToString()
                .ShouldBe(string.Join(' ', words.Take(heard).Select(word => word.Text)));
        }
        line.Leave();
        await running;
    }
}
