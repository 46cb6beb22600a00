using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Conformance;

/// <summary>What hearing and speaking must be, whoever serves them.</summary>
[Requirement("PR-02", "PR-03", "PR-04", "PR-06", "PR-08")]
public abstract class SpeechConformance : IAsyncLifetime
{
    protected IProvider Provider { get; private set; } = null!;

    protected abstract Task<IProvider> StartAsync();

    protected abstract Task StopAsync();

    public async ValueTask InitializeAsync() => Provider = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        Provider?.Dispose();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_recording_without_a_name_becomes_text()
    {
        SpeechToTextResponse heard = await Provider.CreateSpeechToTextClient().GetTextAsync(Recording());

        heard.Text.ShouldNotBeEmpty();
        heard.ModelId.ShouldBe(Provider.DefaultModel(ProviderService.SpeechToText));
    }

    [Fact]
    public async Task Updates_add_up_to_the_whole_text_and_end_with_the_close()
    {
        ISpeechToTextClient hearing = Provider.CreateSpeechToTextClient();

        List<SpeechToTextResponseUpdate> updates = await hearing.GetStreamingTextAsync(Recording()).ToListAsync();

        SpeechToTextResponse whole = await hearing.GetTextAsync(Recording());
        string.Concat(updates.Select(update => update.Text)).Trim().ShouldBe(whole.Text.Trim());
        updates[^1].Kind.ShouldBe(SpeechToTextResponseUpdateKind.SessionClose);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_wound_back_is_heard_too()
    {
        await using var pipe = new OneWayStream(Recording());

        (await Provider.CreateSpeechToTextClient().GetTextAsync(pipe)).Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_empty_recording_is_the_callers_mistake()
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(() =>
            Provider.CreateSpeechToTextClient().GetTextAsync(new MemoryStream())
        );

        error.Failure.ShouldBe(ProviderFailure.CallerMistake);
    }

    [Fact]
    public async Task A_text_becomes_sound_with_its_characters_counted()
    {
        TextToSpeechResponse spoken = await Provider.CreateTextToSpeechClient().GetAudioAsync("Hello there.");

        DataContent sound = spoken.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        sound.Data.Length.ShouldBeGreaterThan(0);
        sound.MediaType.ShouldStartWith("audio/");
        spoken.Usage!.AdditionalCounts![UsageCounts.Characters].ShouldBe(12);
    }

    [Fact]
    public async Task A_stream_of_sound_holds_sound_in_every_update_and_usage_once()
    {
        List<TextToSpeechResponseUpdate> updates = await Provider
            .CreateTextToSpeechClient()
            .GetStreamingAudioAsync("Hello there.", new TextToSpeechOptions { AudioFormat = "pcm" })
            .ToListAsync();

        updates.ShouldAllBe(update => update.Contents.OfType<DataContent>().Any(sound => sound.Data.Length > 0));
        updates.SelectMany(update => update.Contents).OfType<UsageContent>().Count().ShouldBe(1);
        updates[0].AdditionalProperties![SpeechProperties.SampleRate].ShouldBeOfType<int>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_form_that_the_provider_lacks_is_the_callers_mistake()
    {
        Exception error = await Should.ThrowAsync<Exception>(() =>
            Provider
                .CreateTextToSpeechClient()
                .GetAudioAsync("Hello.", new TextToSpeechOptions { AudioFormat = "audio/midi" })
        );

        (error is NotSupportedException or ProviderException { Failure: ProviderFailure.CallerMistake }).ShouldBeTrue();
    }

    private static MemoryStream Recording() => new(new WavAudio(WavFormat.Pcm16(16_000), new byte[32_000]).ToArray());
}
