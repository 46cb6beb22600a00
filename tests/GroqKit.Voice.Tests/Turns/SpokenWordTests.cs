using System.Runtime.InteropServices;
using GroqKit.Providers;
using GroqKit.Voice.Tests.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Voices that tell when a word is heard: what was heard of them is exact.</summary>
[Requirement("GW-19")]
public sealed class SpokenWordTests
{
    private const string Story =
        "Of course, my friend, I will. Here is the first sentence of a story that is long enough to be spoken alone. "
        + "And here is the second sentence of it, which is long enough as well. The third one has an end.";

    private const string Sentence = "This is one sentence that breaks somewhere in the middle of it and has to go on.";

    [Fact]
    public async Task What_was_heard_is_exact_wherever_a_turn_is_interrupted()
    {
        var voice = new ActedVoice((text, cancel) => TimedVoice.SpeakAsync(text, null, cancel));
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story), TextToSpeech = voice });
        var random = new Random(12);
        int exact = 0;
        for (int round = 0; round < 200; round++)
        {
            int stopAfter = random.Next(1, 120);
            double part = random.NextDouble();
            await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
            TimeSpan played = TimeSpan.Zero;
            TimeSpan given = TimeSpan.Zero;
            var marks = new List<AudioMark>();
            string? heard = null;
            int count = 0;
            await foreach (VoiceEvent happened in turn.ReadAsync())
            {
                if (happened is AudioDelta delta)
                    given += delta.Duration;
                if (happened is AudioMark { Word: not null } mark)
                    marks.Add(mark);
                if (++count == stopAfter)
                {
                    played = given * part;
                    await turn.InterruptAsync(played);
                    voice.Running.ShouldBe(0, "all calls ended");
                }
                heard = (happened as TurnInterrupted)?.HeardText ?? heard;
            }
            if (heard is null)
                continue;
            // All words that were over, and none that was not.
            string expected = string.Join(' ', marks.Where(mark => mark.End <= played).Select(mark => mark.Word));
            heard.ShouldBe(expected, $"{played} of {given} were played");
            Story.ShouldStartWith(heard);
            exact += heard.Length > 0 ? 1 : 0;
        }
        exact.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task Words_are_marked_in_order_before_the_sound_in_which_they_begin()
    {
        List<VoiceEvent> events = await RunAsync(Story, (text, cancel) => TimedVoice.SpeakAsync(text, null, cancel));

        var words = new List<string>();
        TimeSpan given = TimeSpan.Zero;
        TimeSpan last = TimeSpan.Zero;
        foreach (VoiceEvent happened in events)
        {
            if (happened is AudioDelta delta)
                given += delta.Duration;
            if (happened is not AudioMark { Word: { } word } mark)
                continue;
            words.Add(word);
            mark.Start.ShouldBeGreaterThanOrEqualTo(given);
            mark.Start.ShouldBeGreaterThanOrEqualTo(last);
            last = mark.End;
        }
        string.Join(' ', words).ShouldBe(Story);
        last.ShouldBeLessThanOrEqualTo(given);
        events.OfType<AudioMark>().Count(mark => mark.Word is null).ShouldBe(events.OfType<AnswerSentence>().Count());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(15)]
    public async Task A_sentence_that_breaks_goes_on_with_the_next_word(int until)
    {
        var spare = new ActedVoice((text, cancel) => TimedVoice.SpeakAsync(text, null, cancel));
        List<VoiceEvent> events = await RunAsync(
            Sentence,
            (text, cancel) => TimedVoice.SpeakAsync(text, until, cancel),
            spare
        );

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        string rest = string.Join(' ', Sentence.Split(' ').Skip(until + 1));
        spare.Texts.ShouldBe([rest]);
        AudioMark[] marks = [.. events.OfType<AudioMark>().Where(mark => mark.Word is not null)];
        string.Join(' ', marks.Select(mark => mark.Word)).ShouldBe(Sentence);
        // What the second voice says begins where the first broke off.
        TimeSpan broke = TimedVoice.WordsOf(Sentence)[until].End;
        (marks[until + 1].Start - broke - TimedVoice.WordsOf(rest)[0].Start)
            .Duration()
            .ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_was_heard_of_a_broken_sentence_counts_both_voices()
    {
        const int Until = 7;
        await using VoiceTurn turn = Start(
            Sentence,
            (text, cancel) => TimedVoice.SpeakAsync(text, Until, cancel),
            new ActedVoice((text, cancel) => TimedVoice.SpeakAsync(text, null, cancel))
        );
        List<VoiceEvent> events = await turn.ReadAllAsync();

        AudioMark[] marks = [.. events.OfType<AudioMark>().Where(mark => mark.Word is not null)];
        foreach (AudioMark mark in marks)
        {
            int before = Array.IndexOf(marks, mark);
            string heard = string.Join(' ', marks.Take(before).Select(word => word.Word));
            turn.Heard.TextAt(mark.End - TimeSpan.FromTicks(1)).ShouldBe(heard);
            turn.Heard.TextAt(mark.End).ShouldBe($"{heard} {mark.Word}".Trim());
        }
    }

    [Fact]
    public async Task Words_of_a_beginning_that_is_said_again_count_once()
    {
        await using VoiceTurn turn = Start(
            Sentence,
            (text, cancel) => TimedVoice.SpeakAsync(text, 0, cancel),
            new ActedVoice((text, cancel) => TimedVoice.SpeakAsync(text, null, cancel))
        );
        List<VoiceEvent> events = await turn.ReadAllAsync();

        TimeSpan broke = TimedVoice.WordsOf(Sentence)[0].End;
        turn.Heard.TextAt(broke).ShouldBe("This");
        turn.Heard.TextAt(broke + TimedVoice.WordsOf(Sentence)[0].End).ShouldBe("This");
        turn.Heard.TextAt(broke + TimedVoice.WordsOf(Sentence)[1].End + TimeSpan.FromMilliseconds(1))
            .ShouldBe("This is");
        string.Join(' ', events.OfType<AudioMark>().Select(mark => mark.Word).OfType<string>())
            .ShouldBe("This " + Sentence);
    }

    [Theory]
    [InlineData("no list")]
    [InlineData("not in the text")]
    [InlineData("beyond")]
    [InlineData("negative")]
    [InlineData("for ever")]
    [InlineData("empty")]
    public async Task Words_that_cannot_be_used_leave_the_usual_way(string what)
    {
        object words = what switch
        {
            "no list" => "This",
            "not in the text" => new SpokenWord[] { new("Those", 0, TimeSpan.Zero, TimeSpan.FromSeconds(1)) },
            "beyond" => new SpokenWord[] { new("This", int.MaxValue, TimeSpan.Zero, TimeSpan.FromSeconds(1)) },
            "negative" => new SpokenWord[] { new("This", 0, TimeSpan.MinValue, TimeSpan.FromSeconds(1)) },
            "for ever" => new SpokenWord[] { new("This", 0, TimeSpan.Zero, TimeSpan.MaxValue) },
            _ => new SpokenWord[] { new("", 3, TimeSpan.Zero, TimeSpan.FromSeconds(1)) },
        };
        await using VoiceTurn turn = Start(Sentence, Told);
        await turn.ReadAllAsync();

        turn.Heard.TextAt(turn.Heard.Given / 2).ShouldBe(Speaking.Wording.Heard(Sentence, 0.5));

        async IAsyncEnumerable<TextToSpeechResponseUpdate> Told(
            string text,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
        )
        {
            await foreach (TextToSpeechResponseUpdate update in ActedVoice.Tone(text, 1, cancel))
            {
                update.AdditionalProperties![SpeechProperties.Words] = words;
                yield return update;
            }
        }
    }

    [Fact]
    public async Task Where_only_some_words_are_told_the_others_are_found_between_them()
    {
        SpokenWord told = new("sentence", 12, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        await using VoiceTurn turn = Start(Sentence, Told);
        await turn.ReadAllAsync();

        turn.Heard.TextAt(TimeSpan.FromSeconds(0.5)).ShouldBe("This");
        turn.Heard.TextAt(TimeSpan.FromSeconds(1)).ShouldBe("This is one");
        turn.Heard.TextAt(TimeSpan.FromSeconds(1.49)).ShouldBe("This is one");
        turn.Heard.TextAt(TimeSpan.FromSeconds(1.5)).ShouldBe("This is one sentence");
        TimeSpan middle = (TimeSpan.FromSeconds(1.5) + turn.Heard.Given) / 2;
        string rest = Sentence[20..];
        turn.Heard.TextAt(middle).ShouldBe(Sentence[..20] + Speaking.Wording.Heard(rest, 0.5));
        turn.Heard.TextAt(turn.Heard.Given).ShouldBe(Sentence);

        async IAsyncEnumerable<TextToSpeechResponseUpdate> Told(
            string text,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
        )
        {
            bool isFirst = true;
            await foreach (TextToSpeechResponseUpdate update in ActedVoice.Tone(text, 1, cancel))
            {
                if (isFirst)
                    update.AdditionalProperties![SpeechProperties.Words] = new[] { told };
                isFirst = false;
                yield return update;
            }
        }
    }

    [Fact]
    public async Task Sound_that_breaks_within_a_wave_does_not_click()
    {
        List<VoiceEvent> events = await RunAsync(
            Sentence,
            (text, cancel) => TimedVoice.SpeakAsync(text, 7, cancel),
            new ActedVoice((text, cancel) => TimedVoice.SpeakAsync(text, null, cancel))
        );

        short[] samples = MemoryMarshal.Cast<byte, short>(events.Sound()).ToArray();
        int joint = (int)(TimedVoice.WordsOf(Sentence)[7].End.TotalSeconds * ActedVoice.Rate);
        int edge = ActedVoice.Rate / 100;
        // 10 ms out and 10 ms in; beyond them it is as loud as ever.
        int loudest = samples.Max(sample => Math.Abs((int)sample));
        samples[(joint - 5)..(joint + 5)].ShouldAllBe(sample => Math.Abs((int)sample) < loudest / 20);
        samples[(joint - 2 * edge)..(joint - edge)]
            .Max(sample => Math.Abs((int)sample))
            .ShouldBeGreaterThan(loudest * 9 / 10);
        samples[(joint + edge)..(joint + 2 * edge)]
            .Max(sample => Math.Abs((int)sample))
            .ShouldBeGreaterThan(loudest * 9 / 10);
    }

    [Fact]
    public async Task Nothing_of_the_sound_is_lost_or_changed_where_nothing_breaks()
    {
        short[] sound = Tones.Sine(ActedVoice.Rate, 300, 2);
        List<VoiceEvent> events = await RunAsync("Two seconds.", (_, _) => CrumbsAsync());

        MemoryMarshal.Cast<byte, short>(events.Sound()).ToArray().ShouldBe(sound);

        async IAsyncEnumerable<TextToSpeechResponseUpdate> CrumbsAsync()
        {
            await Task.Yield();
            int from = 0;
            for (int length = 1; from < sound.Length; length = length * 3 % 1009 + 1)
            {
                int until = Math.Min(from + length, sound.Length);
                yield return ActedVoice.Update(sound[from..until]);
                from = until;
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(3, 4097)]
    [InlineData(7, 1000)]
    public async Task Frames_that_are_cut_anywhere_stay_whole(int channels, int length)
    {
        short[] sound = Tones.Sine(ActedVoice.Rate, 300, 1);
        byte[] bytes = MemoryMarshal
            .AsBytes<short>([.. sound.SelectMany(sample => Enumerable.Repeat(sample, channels))])
            .ToArray();
        List<VoiceEvent> events = await RunAsync("Two seconds.", (_, _) => PiecesAsync());

        MemoryMarshal.Cast<byte, short>(events.Sound()).ToArray().ShouldBe(sound);

        async IAsyncEnumerable<TextToSpeechResponseUpdate> PiecesAsync()
        {
            await Task.Yield();
            foreach (byte[] piece in bytes.Chunk(length))
            {
                yield return new TextToSpeechResponseUpdate([new DataContent(piece, "audio/pcm")])
                {
                    AdditionalProperties = new()
                    {
                        [SpeechProperties.SampleRate] = ActedVoice.Rate,
                        [SpeechProperties.Channels] = channels,
                    },
                };
            }
        }
    }

    private static VoiceTurn Start(
        string says,
        Func<string, CancellationToken, IAsyncEnumerable<TextToSpeechResponseUpdate>> speak,
        ActedVoice? spare = null
    ) =>
        new VoicePipeline(
            new()
            {
                Chat = ActedChat.Says(says),
                TextToSpeech = new ActedVoice(speak),
                SpareTextToSpeech = spare,
            },
            new() { FirstPieceWait = TimeSpan.FromMinutes(1) }
        ).Start(VoiceInput.FromText("Go."));

    private static async Task<List<VoiceEvent>> RunAsync(
        string says,
        Func<string, CancellationToken, IAsyncEnumerable<TextToSpeechResponseUpdate>> speak,
        ActedVoice? spare = null
    )
    {
        await using VoiceTurn turn = Start(says, speak, spare);
        return await turn.ReadAllAsync();
    }
}
