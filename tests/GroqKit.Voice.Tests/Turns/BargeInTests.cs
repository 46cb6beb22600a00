namespace GroqKit.Voice.Tests.Turns;

[Requirement("GW-19")]
public sealed class BargeInTests
{
    private const string Story =
        "Of course, my friend, I will. Here is the first sentence of a story that is long enough to be spoken alone. "
        + "And here is the second sentence of it, which is long enough as well. The third one has an end.";

    [Fact]
    public async Task What_was_heard_is_kept_and_nothing_runs_on()
    {
        var voice = new ActedVoice();
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story), TextToSpeech = voice });
        var random = new Random(11);
        for (int round = 0; round < 200; round++)
        {
            int stopAfter = random.Next(1, 60);
            double part = random.NextDouble();
            await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
            TimeSpan played = TimeSpan.Zero;
            TimeSpan given = TimeSpan.Zero;
            int count = 0;
            string? heard = null;
            await foreach (VoiceEvent happened in turn.ReadAsync())
            {
                if (happened is AudioDelta delta)
                    given += delta.Duration;
                if (++count == stopAfter)
                {
                    played = given * part;
                    await turn.InterruptAsync(played);
                    voice.Running.ShouldBe(0, "all calls ended");
                }
                if (happened is TurnInterrupted interrupted)
                    heard = interrupted.HeardText;
            }
            if (heard is null)
                continue;
            Story.ShouldStartWith(heard);
            double most = played / TimeSpan.FromSeconds(ActedVoice.PerCharacter) + NextWord(heard);
            heard.Length.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(most) + 2, $"{played} were played");
            turn.Messages.Count.ShouldBe(heard.Length > 0 ? 2 : 1);
        }
    }

    [Fact]
    public async Task A_turn_ends_before_its_first_sound_too()
    {
        var asked = new TaskCompletionSource();
        bool left = false;
        var voice = new ActedVoice((_, cancel) => HangAsync(cancel));
        async IAsyncEnumerable<Microsoft.Extensions.AI.TextToSpeechResponseUpdate> HangAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
        )
        {
            asked.SetResult();
            try
            {
                await Forever.WaitAsync(cancel);
            }
            finally
            {
                left = true;
            }
            yield break;
        }
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story), TextToSpeech = voice });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await turn.InterruptAsync();

        left.ShouldBeTrue();
        List<VoiceEvent> events = await turn.ReadAllAsync();
        events.Outcome().ShouldBe(VoiceOutcome.Interrupted);
        events.OfType<TurnInterrupted>().Single().HeardText.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_turn_that_has_ended_is_not_interrupted()
    {
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story), TextToSpeech = new ActedVoice() });
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        await turn.ReadAllAsync();

        await turn.InterruptAsync(TimeSpan.Zero);

        turn.Messages[^1].Text.ShouldBe(Story);
    }

    private static int NextWord(string heard)
    {
        string rest = Story[heard.Length..].TrimStart();
        int end = rest.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? rest.Length : end;
    }
}
