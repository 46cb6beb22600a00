using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Has recordings heard in the background, in order: an answer waits for them, the caller's next events don't.</summary>
internal sealed class RealtimeHearing(RealtimeOptions options, RealtimeOut output, TimeProvider time)
{
    // A recording of ten minutes has 19 MB.
    private const long MostWaiting = 32L * 1024 * 1024;

    private long _waiting;

    /// <summary>Whether another recording may wait: who commits faster than anybody hears must not fill the memory.</summary>
    public bool HasRoom => Interlocked.Read(ref _waiting) < MostWaiting;

    /// <summary>Completes when all recordings so far were heard.</summary>
    public Task Heard { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to hear a recording; its words go into the item.</summary>
    public void Begin(RealtimeItem item, byte[] sound, RealtimeSettings settings, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _waiting, sound.Length);
        Heard = HearAsync(item, sound, Heard, settings, cancellationToken);
    }

    private async Task HearAsync(
        RealtimeItem item,
        byte[] sound,
        Task earlier,
        RealtimeSettings settings,
        CancellationToken cancellationToken
    )
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Add(ref _waiting, -sound.Length);
        const string Event = "conversation.item.input_audio_transcription.";
        try
        {
            using var stream = new MemoryStream(sound);
            (TranscriptDone heard, VoiceUsage usage) = await options
                .PipelineFor(settings, time)
                .HearAsync(VoiceInput.FromAudio(stream), cancellationToken)
                .ConfigureAwait(false);
            item.SetText(heard.Text);
            await options.Ended(usage, new VoiceTimings(), VoiceOutcome.Completed).ConfigureAwait(false);
            if (!settings.IsTranscribed)
                return;
            await output
                .SendAsync(
                    Event + "completed",
                    new JsonObject
                    {
                        ["item_id"] = item.Id,
                        ["content_index"] = 0,
                        ["transcript"] = heard.Text,
                        ["usage"] = new JsonObject
                        {
                            ["type"] = "duration",
                            // Whole ones, begun ones included: the official clients read no others.
                            ["seconds"] = (long)Math.Ceiling(heard.Duration?.TotalSeconds ?? 0),
                        },
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && !output.IsBroken)
        {
            var fault = RealtimeFault.Of(failure, "The recording could not be heard", options.Faulted);
            await output
                .SendAsync(
                    Event + "failed",
                    new JsonObject
                    {
                        ["item_id"] = item.Id,
                        ["content_index"] = 0,
                        ["error"] = new JsonObject
                        {
                            ["type"] = "transcription_error",
                            ["code"] = fault.Code,
                            ["message"] = fault.Message,
                            ["param"] = null,
                        },
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }
}
