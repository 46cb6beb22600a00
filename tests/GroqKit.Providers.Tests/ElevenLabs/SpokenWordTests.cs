using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.ElevenLabs;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Speech;
using GroqKit.Providers.Speech;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.ElevenLabs;

/// <summary>When each word is heard: from the simulated vendor, and from lines that none should send.</summary>
[Requirement("PR-04")]
public sealed class SpokenWordTests : IAsyncLifetime
{
    private const string Text = "One two.  Three";
    private const int Rate = 8_000;

    private VoiceServer _server = null!;
    private SimulatorServer _simulator = null!;
    private ProviderSet _set = null!;

    private static TextToSpeechOptions Timed =>
        new()
        {
            AudioFormat = "mulaw",
            AdditionalProperties = new() { [SpeechProperties.WordTimes] = true },
        };

    private ITextToSpeechClient Scripted => _set.Find("elevenlabs")!.CreateTextToSpeechClient();

    private ITextToSpeechClient Simulated => _set.Find("simulated")!.CreateTextToSpeechClient();

    public async ValueTask InitializeAsync()
    {
        _server = await VoiceServer.StartAsync();
        _simulator = await SimulatorServer.StartAsync();
        _set = ProviderRegistry.Default.Create([
            _server.Options,
            SimulatedProviders.ElevenLabs(_simulator, "simulated"),
            SimulatedProviders.OpenAI(_simulator),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _set.Dispose();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("Good morning, my friend. How are you today?  It is 12:30 already!")]
    [InlineData("A face 😀 and a family 👩‍👩‍👧 are here. So is é.")]
    [InlineData("你好。今天 good 天气")]
    [InlineData("Word")]
    public async Task Every_word_of_a_stream_has_its_place_and_time(string text)
    {
        List<TextToSpeechResponseUpdate> updates = await Simulated.GetStreamingAudioAsync(text, Timed).ToListAsync();

        byte[] sound = Sound(updates);
        ShouldCover(Words(updates), text, TimeSpan.FromSeconds((double)sound.Length / Rate));
        List<TextToSpeechResponseUpdate> bare = await Simulated
            .GetStreamingAudioAsync(text, new() { AudioFormat = "mulaw" })
            .ToListAsync();
        Words(bare).ShouldBeEmpty();
        Usage(updates).ShouldBe(Usage(bare));
        updates[0].AdditionalProperties![SpeechProperties.SampleRate].ShouldBe(Rate);
    }

    [Fact]
    public async Task A_whole_answer_has_its_words_too()
    {
        const string Sentences = "Good morning, my friend. How are you today?";

        TextToSpeechResponse answer = await Simulated.GetAudioAsync(Sentences, Timed);

        byte[] sound = answer.Contents.OfType<DataContent>().Single().Data.ToArray();
        ShouldCover(
            answer.AdditionalProperties![SpeechProperties.Words].ShouldBeAssignableTo<IReadOnlyList<SpokenWord>>()!,
            Sentences,
            TimeSpan.FromSeconds((double)sound.Length / Rate)
        );
    }

    [Fact]
    public async Task The_socket_tells_words_too()
    {
        const string Sentences = "Good morning, my friend. How are you today?";
        ITextStreamToSpeech speaker = Simulated.GetService<ITextStreamToSpeech>()!;

        List<TextToSpeechResponseUpdate> updates = await speaker
            .SpeakAsync(Sentences.Chunk(5).Select(piece => new string(piece)).ToAsyncEnumerable(), Timed)
            .ToListAsync();

        ShouldCover(Words(updates), Sentences, TimeSpan.FromSeconds((double)Sound(updates).Length / Rate));
    }

    [Fact]
    public async Task A_chain_passes_words_on_and_who_knows_none_tells_none()
    {
        var engine = new FallbackEngine();
        using FallbackTextToSpeechClient told = engine.CreateTextToSpeechClient([
            new(_set.Find("simulated")!, "eleven_flash_v2_5"),
        ]);
        using FallbackTextToSpeechClient untold = engine.CreateTextToSpeechClient([
            new(_set.Find("openai")!, "gpt-4o-mini-tts"),
        ]);
        TextToSpeechOptions options = Timed;
        options.AudioFormat = "pcm";

        Words(await told.GetStreamingAudioAsync(Text, options).ToListAsync())
            .Select(word => word.Text)
            .ShouldBe(["One", "two.", "Three"]);
        List<TextToSpeechResponseUpdate> bare = await untold.GetStreamingAudioAsync(Text, options).ToListAsync();
        Sound(bare).ShouldNotBeEmpty();
        Words(bare).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sound_goes_on_while_the_next_line_is_not_there()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.TimedLines = LinesAsync();
        async IAsyncEnumerable<string> LinesAsync()
        {
            // A word is told when it is whole, though its line is not its end.
            yield return Line("One tw", 0) + Line("o.", 0.6)[..20];
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            yield return Line("o.", 0.6)[20..] + Line(" Three", 0.8).TrimEnd();
        }

        var words = new List<string[]>();
        await foreach (TextToSpeechResponseUpdate update in Scripted.GetStreamingAudioAsync(Text, Timed))
        {
            words.Add([.. Words([update]).Select(Describe)]);
            heard.TrySetResult();
        }

        words.ShouldBe([
            ["0 One 0-300"],
            ["4 two. 400-800"],
            ["10 Three 900-1400"],
        ]);
        _server.LastTarget.ShouldBe("/v1/text-to-speech/voice-1/stream/with-timestamps?output_format=ulaw_8000");
    }

    [Theory]
    // Times of the whole, and those that begin anew with every line.
    [InlineData(0.8, "10 Three 900-1400")]
    [InlineData(0, "10 Three 900-1400")]
    public async Task Times_count_from_the_beginning_of_the_sound(double start, string last)
    {
        List<TextToSpeechResponseUpdate> updates = await RunAsync(Line("One two.", 0), Line(" Three", start));

        Words(updates).Select(Describe).ShouldBe(["0 One 0-300", "4 two. 400-800", last]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[1,[2]]")]
    [InlineData("{}")]
    [InlineData("""{"characters":null,"character_start_times_seconds":{},"character_end_times_seconds":"x"}""")]
    [InlineData("""{"characters":["O","n"],"character_start_times_seconds":[0],"character_end_times_seconds":[0,1]}""")]
    [InlineData(
        """{"characters":["O","n","e"," "],"character_start_times_seconds":[0,-1,0,0],"character_end_times_seconds":[1,1,1,1]}"""
    )]
    [InlineData(
        """{"characters":["O","n","e"," "],"character_start_times_seconds":[0,"NaN",0,0],"character_end_times_seconds":[1,1,1,1]}"""
    )]
    [InlineData(
        """{"characters":["O","n","e"," "],"character_start_times_seconds":[0,0,0,0],"character_end_times_seconds":[1,1e300,1,1]}"""
    )]
    [InlineData(
        """{"characters":["O","n","e"," "],"character_start_times_seconds":[0,0,0,0],"character_end_times_seconds":[1,1e999,1,1]}"""
    )]
    [InlineData(
        """{"characters":["w","h","o"," "],"character_start_times_seconds":[0,0,0,0],"character_end_times_seconds":[1,1,1,1]}"""
    )]
    [InlineData(
        """{"characters":[{},"\ud83d","\udc","e"],"character_start_times_seconds":[0,0,0,0],"character_end_times_seconds":[1,1,1,1]}"""
    )]
    public async Task Times_that_are_none_leave_the_sound_and_the_words_behind_them(string alignment)
    {
        if (alignment.Contains("\\udc\"", StringComparison.Ordinal))
            alignment = alignment.Replace("\\udc\"", "\\udc00x\"", StringComparison.Ordinal);
        string first = $$"""{"audio_base64":"{{Convert.ToBase64String(new byte[6400])}}","alignment":{{alignment}}}""";

        List<TextToSpeechResponseUpdate> updates = await RunAsync(first + "\n", Line(" Three", 0.8));

        Sound(updates).Length.ShouldBe(6400 + 4800);
        Words(updates).Select(Describe).ShouldBe(["10 Three 900-1400"]);
    }

    [Fact]
    public async Task Words_never_go_back()
    {
        JsonObject line = JsonNode.Parse(Line("One two.", 0))!.AsObject();
        line["alignment"]!["character_start_times_seconds"]![2] = 0.7;
        line["alignment"]!["character_end_times_seconds"]![2] = 0.1;

        List<TextToSpeechResponseUpdate> updates = await RunAsync(line.ToJsonString() + "\n");

        Words(updates).Select(Describe).ShouldBe(["0 One 0-700", "4 two. 700-800"]);
    }

    [Fact]
    public async Task Halves_of_a_pair_are_one_letter()
    {
        string line = Line("One two. ", 0).Replace("\"w\",\"o\"", "\"\\ud83d\",\"\\ude00\"", StringComparison.Ordinal);
        _server.TimedLines = new[] { line }.ToAsyncEnumerable();

        List<TextToSpeechResponseUpdate> updates = await Scripted
            .GetStreamingAudioAsync("One t😀. End", Timed)
            .ToListAsync();

        Words(updates).Select(Describe).ShouldBe(["0 One 0-300", "4 t😀. 400-800"]);
    }

    [Theory]
    [InlineData("[softly] One <break time=\"1s\"/> two. ", "One two. ", "9 One 0-300", "32 two. 400-800")]
    [InlineData("One [softly] two. ", "One [softly] two. ", "0 One 0-300", "4 [softly] 400-1200", "13 two. 1300-1700")]
    [InlineData("One [never closed two. ", "One two. ")]
    public async Task Directions_are_passed_over_where_they_are_not_said(
        string text,
        string said,
        params string[] words
    )
    {
        _server.TimedLines = new[] { Line(said, 0) }.ToAsyncEnumerable();

        List<TextToSpeechResponseUpdate> updates = await Scripted.GetStreamingAudioAsync(text, Timed).ToListAsync();

        Words(updates).Select(Describe).ShouldBe(words);
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("[]\n")]
    [InlineData("""{"audio_base64":"AAAA"} {}""")]
    [InlineData("""{"audio_base64":"AA""")]
    [InlineData("""{"audio_base64":"*"}""")]
    [InlineData("""{"audio_base64":7}""")]
    [InlineData("""{"detail":{"status":"system_busy"}}""")]
    [InlineData("")]
    [InlineData("\n \n\r\n")]
    [InlineData("""{"audio_base64":null,"alignment":null}""")]
    public async Task Lines_that_hold_no_sound_are_a_failure(string lines)
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(() => RunAsync(lines));

        error.Failure.ShouldBe(ProviderFailure.Malformed);
        error.RequestId.ShouldBe("req-1");
    }

    [Fact]
    public async Task A_line_has_an_end()
    {
        const string Part = "                                                                ";
        string megabyte = string.Concat(Enumerable.Repeat(Part, 1024 * 1024 / Part.Length));

        ProviderException error = await Should.ThrowAsync<ProviderException>(() =>
            RunAsync([.. Enumerable.Repeat(megabyte, 18)])
        );

        error.Failure.ShouldBe(ProviderFailure.Malformed);
        error.Message.ShouldContain("16777216 bytes");
    }

    [Fact]
    public async Task However_the_bytes_are_cut_sound_and_words_are_the_same()
    {
        byte[] body = Encoding.UTF8.GetBytes(Line("One two.", 0) + "\n" + Line("  Three", 0.8).TrimEnd());
        for (int length = 1; length <= body.Length; length += length < 40 ? 1 : 97)
        {
            using var timed = new TimedSound(Text, Rate);
            var stream = new CutStream(body, length);
            var words = new List<SpokenWord>();
            int sound = 0;
            while (await timed.ReadAsync(stream, TestContext.Current.CancellationToken) is { Sound.Length: > 0 } piece)
            {
                words.AddRange(piece.Words);
                sound += piece.Sound.Length;
            }
            sound.ShouldBe(6400 + 5600);
            words.Select(Describe).ShouldBe(["0 One 0-300", "4 two. 400-800", "10 Three 1000-1500"]);
        }
    }

    // A tenth of a second of sound a character.
    private static string Line(string text, double start) =>
        new JsonObject
        {
            ["audio_base64"] = Convert.ToBase64String([
                .. Enumerable.Range(0, text.Length * Rate / 10).Select(i => (byte)i),
            ]),
            ["alignment"] = new JsonObject
            {
                ["characters"] = new JsonArray([.. text.Select(letter => JsonValue.Create(letter.ToString()))]),
                ["character_start_times_seconds"] = Times(text, start),
                ["character_end_times_seconds"] = Times(text, start + 0.1),
            },
            ["normalized_alignment"] = new JsonObject { ["characters"] = new JsonArray("x") },
        }.ToJsonString() + "\n";

    private static JsonArray Times(string text, double start) =>
        new([.. text.Select((_, i) => JsonValue.Create(Math.Round(start + i / 10.0, 3)))]);

    private async Task<List<TextToSpeechResponseUpdate>> RunAsync(params string[] lines)
    {
        _server.TimedLines = lines.ToAsyncEnumerable();
        return await Scripted.GetStreamingAudioAsync(Text, Timed).ToListAsync();
    }

    private static void ShouldCover(IReadOnlyList<SpokenWord> words, string text, TimeSpan sound)
    {
        var now = TimeSpan.Zero;
        int place = 0;
        foreach (SpokenWord word in words)
        {
            text[word.Place..].ShouldStartWith(word.Text);
            text[place..word.Place].ShouldBeNullOrWhiteSpace();
            word.Text.ShouldNotContain(' ');
            word.Start.ShouldBeGreaterThanOrEqualTo(now);
            word.End.ShouldBeGreaterThanOrEqualTo(word.Start);
            (place, now) = (word.Place + word.Text.Length, word.End);
        }
        text[place..].ShouldBeNullOrWhiteSpace();
        now.ShouldBeInRange(sound * 0.5, sound + TimeSpan.FromMilliseconds(2));
    }

    private static string Describe(SpokenWord word) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{word.Place} {word.Text} {word.Start.TotalMilliseconds:0}-{word.End.TotalMilliseconds:0}"
        );

    private static byte[] Sound(IEnumerable<TextToSpeechResponseUpdate> updates) =>
        [
            .. updates
                .SelectMany(update => update.Contents)
                .OfType<DataContent>()
                .SelectMany(sound => sound.Data.ToArray()),
        ];

    private static List<SpokenWord> Words(IEnumerable<TextToSpeechResponseUpdate> updates) =>
        [
            .. updates.SelectMany(update =>
                update.AdditionalProperties?.GetValueOrDefault(SpeechProperties.Words) as IReadOnlyList<SpokenWord>
                ?? []
            ),
        ];

    private static long Usage(IEnumerable<TextToSpeechResponseUpdate> updates) =>
        updates
            .SelectMany(update => update.Contents)
            .OfType<UsageContent>()
            .ShouldHaveSingleItem()
            .Details.AdditionalCounts![UsageCounts.MilliCredits];

    private sealed class CutStream(byte[] bytes, int length) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(length, buffer.Length)], cancellationToken);
    }
}
