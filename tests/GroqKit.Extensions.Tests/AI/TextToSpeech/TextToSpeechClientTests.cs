using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.TextToSpeech;

[Requirement("CL-28", "CL-15")]
public sealed class TextToSpeechClientTests
{
    private static readonly short[] Samples = [1, -2, 3, -4, 5];

    [Fact]
    public async Task A_whole_answer_is_one_file_with_its_shape_and_usage()
    {
        using GroqClient groq = Speaking(Sounds.Wav(Samples)).CreateClient();

        TextToSpeechResponse spoken = await groq.AsITextToSpeechClient().GetAudioAsync("hello");

        DataContent sound = spoken.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        sound.MediaType.ShouldBe("audio/wav");
        WavAudio.Parse(sound.Data).ToSamples().ShouldBe(Samples);
        spoken.ModelId.ShouldBe(SpeechRequest.DefaultModel);
        spoken.ResponseId.ShouldBe("req_7");
        spoken.Usage!.AdditionalCounts!["Characters"].ShouldBe(5);
        spoken.AdditionalProperties!["sample_rate"].ShouldBe(24_000);
        spoken.AdditionalProperties["channels"].ShouldBe(1);
        spoken.RawRepresentation.ShouldBeOfType<SpeechAudio>().Pieces.ShouldBe(["hello"]);
    }

    [Fact]
    public async Task Every_update_of_a_stream_holds_sound_and_together_they_are_the_file()
    {
        using GroqClient groq = Speaking(Sounds.Wav(new short[50_000])).CreateClient();

        TextToSpeechResponseUpdate[] updates = await groq.AsITextToSpeechClient()
            .GetStreamingAudioAsync("hello")
            .ToArrayAsync();

        updates.ShouldNotBeEmpty();
        foreach (TextToSpeechResponseUpdate update in updates)
        {
            update.Kind.ShouldBe(TextToSpeechResponseUpdateKind.AudioUpdating);
            update.ResponseId.ShouldBe("req_7");
            DataContent sound = update.Contents.OfType<DataContent>().ShouldHaveSingleItem();
            sound.Data.IsEmpty.ShouldBeFalse();
            sound.MediaType.ShouldBe("audio/wav");
        }
        updates.SelectMany(update => update.Contents).OfType<UsageContent>().ShouldHaveSingleItem();
        Joined(updates).Length.ShouldBe(44 + 100_000);
        updates.ToTextToSpeechResponse().Usage!.AdditionalCounts!["Characters"].ShouldBe(5);
    }

    [Theory]
    [InlineData("pcm")]
    [InlineData("audio/L16;rate=24000")]
    public async Task Bare_samples_are_the_file_without_its_header(string form)
    {
        using GroqClient groq = Speaking(Sounds.Wav(Samples)).CreateClient();
        ITextToSpeechClient client = groq.AsITextToSpeechClient();

        TextToSpeechResponse whole = await client.GetAudioAsync("hello", new() { AudioFormat = form });

        DataContent sound = whole.Contents.OfType<DataContent>().Single();
        sound.MediaType.ShouldBe("audio/pcm");
        sound.Data.ToArray().ShouldBe(Sounds.Wav(Samples)[44..]);
        whole.AdditionalProperties!["sample_rate"].ShouldBe(24_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(45)]
    public async Task Streamed_samples_are_never_cut_in_two(int chunk)
    {
        using GroqClient groq = new ScriptedHandler()
            .NextStream(new SlicedStream(Sounds.Wav(Samples), chunk))
            .CreateClient();

        TextToSpeechResponseUpdate[] updates = await groq.AsITextToSpeechClient()
            .GetStreamingAudioAsync("hello", new() { AudioFormat = "pcm" })
            .ToArrayAsync();

        updates.ShouldAllBe(update => update.Contents.OfType<DataContent>().Single().Data.Length % 2 == 0);
        updates.ShouldAllBe(update => update.Contents.OfType<DataContent>().Single().Data.Length > 0);
        updates[0].AdditionalProperties!["sample_rate"].ShouldBe(24_000);
        Joined(updates).ShouldBe(Sounds.Wav(Samples)[44..]);
    }

    [Fact]
    public async Task Samples_that_are_not_16_bit_are_not_changed_behind_ones_back()
    {
        byte[] eight = new WavAudio(new WavFormat(WavEncoding.Pcm, 8000, 1, 8), new byte[] { 1, 2, 3, 4 }).ToArray();
        using GroqClient groq = Speaking(eight).Next(ScriptedAnswer.Bytes(eight, "audio/wav")).CreateClient();
        ITextToSpeechClient client = groq.AsITextToSpeechClient();
        var options = new TextToSpeechOptions { AudioFormat = "pcm" };

        await Should.ThrowAsync<NotSupportedException>(() => client.GetAudioAsync("hello", options));
        (
            await Should.ThrowAsync<NotSupportedException>(async () =>
                await client.GetStreamingAudioAsync("hello", options).ToArrayAsync()
            )
        ).Message.ShouldStartWith("TextToSpeechOptions.AudioFormat: ");
    }

    [Fact]
    public async Task A_long_text_is_still_one_content()
    {
        ScriptedHandler handler = new ScriptedHandler().Otherwise(_ =>
            ScriptedAnswer.Bytes(Sounds.Wav(Samples), "audio/wav")
        );
        using GroqClient groq = handler.CreateClient();
        string text = string.Join(' ', Enumerable.Repeat("This sentence is spoken by one of the voices.", 12));

        TextToSpeechResponse spoken = await groq.AsITextToSpeechClient().GetAudioAsync(text);

        handler.Calls.ShouldBeGreaterThan(2);
        DataContent sound = spoken.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        WavAudio.Parse(sound.Data).ToSamples().Length.ShouldBe(handler.Calls * Samples.Length);
        spoken.Usage!.AdditionalCounts!["Characters"].ShouldBe(text.Length);
    }

    [Fact]
    public async Task What_was_replaced_is_told()
    {
        using GroqClient groq = Speaking(Sounds.Wav(Samples)).CreateClient();

        TextToSpeechResponse spoken = await groq.AsITextToSpeechClient()
            .GetAudioAsync("hello", new() { ModelId = "playai-tts", VoiceId = "Fritz-PlayAI" });

        spoken.AdditionalProperties!["warnings"].ShouldBeOfType<string[]>().Length.ShouldBe(2);
    }

    [Fact]
    public async Task Errors_stay_typed_and_cancellation_is_the_callers()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Error(401, "no"))
            .Next(ScriptedAnswer.Timeout())
            .CreateClient();
        ITextToSpeechClient client = groq.AsITextToSpeechClient();
        using var cancelled = new CancellationTokenSource();

        await Should.ThrowAsync<GroqAuthenticationException>(() => client.GetAudioAsync("hello"));
        await using IAsyncEnumerator<TextToSpeechResponseUpdate> stream = client
            .GetStreamingAudioAsync("hello", null, cancelled.Token)
            .GetAsyncEnumerator();
        ValueTask<bool> next = stream.MoveNextAsync();
        await cancelled.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(async () => await next)).CancellationToken.ShouldBe(
            cancelled.Token
        );
        await Should.ThrowAsync<ArgumentNullException>(() => client.GetAudioAsync(null!));
        Should.Throw<ArgumentNullException>(() => client.GetStreamingAudioAsync(null!));
    }

    [Fact]
    public void The_client_says_what_it_is()
    {
        using GroqClient groq = new ScriptedHandler().CreateClient();
        ITextToSpeechClient client = groq.AsITextToSpeechClient();

        var metadata = client.GetService<TextToSpeechClientMetadata>()!;
        metadata.ProviderName.ShouldBe("groq");
        metadata.ProviderUri.ShouldBe(groq.BaseAddress);
        metadata.DefaultModelId.ShouldBe(SpeechRequest.DefaultModel);
        client.GetService<GroqClient>().ShouldBeSameAs(groq);
        client.GetService<ITextToSpeechClient>().ShouldBeSameAs(client);
        client.GetService(typeof(GroqClient), "key").ShouldBeNull();
        client.Dispose();
        Should.Throw<ArgumentException>(() => groq.AsITextToSpeechClient(" ")).ParamName.ShouldBe("model");
        Should.Throw<ArgumentException>(() => groq.AsITextToSpeechClient(voice: "")).ParamName.ShouldBe("voice");
    }

    private static ScriptedHandler Speaking(byte[] file) =>
        new ScriptedHandler().Next(ScriptedAnswer.Bytes(file, "audio/wav", 200, ("x-request-id", "req_7")));

    private static byte[] Joined(IEnumerable<TextToSpeechResponseUpdate> updates) =>
        [.. updates.SelectMany(update => update.Contents.OfType<DataContent>().Single().Data.ToArray())];

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class SlicedStream(byte[] content, int most) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
