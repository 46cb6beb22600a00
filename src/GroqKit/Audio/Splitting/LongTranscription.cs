using System.Text;

namespace GroqKit.Audio;

/// <summary>Transcribes the parts of a long recording, several at a time, and puts the texts together.</summary>
internal sealed class LongTranscription(SpeechToTextCall call, SpeechToTextRequest request, SplitOptions split)
{
    // A token is at least a byte, so this can't be more tokens than Whisper takes.
    private const int MaxPromptBytes = 224;

    public async Task<Transcription> RunAsync(CallOptions? options, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var free = new SemaphoreSlim(split.MaxParallel);
        var running = new List<Task<TranscribedPart>>();
        var failures = new PartFailure();
        try
        {
            await foreach (
                AudioPart part in AudioSplitter.SplitAsync(request.Audio, split, stop.Token).ConfigureAwait(false)
            )
            {
                await free.WaitAsync(stop.Token).ConfigureAwait(false);
                Task<TranscribedPart>? before = running.Count > 0 ? running[^1] : null;
                running.Add(HearAsync(part, before, free, stop, failures, options));
            }
            if (running.Count == 0)
                throw SpeechToTextRules.Invalid("file", "has no sound in it.");
            TranscribedPart[] parts = await Task.WhenAll(running).ConfigureAwait(false);
            return parts.Length == 1 ? parts[0].Transcription : TranscriptStitcher.Stitch(parts);
        }
        catch when (running.Count > 0)
        {
            // What fails from here on fails because all is stopped.
            (AudioPart, Exception)? first = failures.First;
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (first is not var (part, cause))
                throw;
            throw cause is GroqException known ? Failure(part, known, running) : cause;
        }
    }

    private async Task<TranscribedPart> HearAsync(
        AudioPart part,
        Task<TranscribedPart>? before,
        SemaphoreSlim free,
        CancellationTokenSource stop,
        PartFailure failures,
        CallOptions? options
    )
    {
        try
        {
            string? prompt = request.Prompt;
            if (split.CarriesPrompt && before is not null)
                prompt = Continue(prompt, (await before.ConfigureAwait(false)).Transcription.Text);
            SpeechToTextRequest own = request with
            {
                Audio = part.Audio,
                Prompt = prompt,
                MaxUploadBytes = Math.Max(request.MaxUploadBytes, split.MaxPartBytes),
                Progress = null,
            };
            var heard = new TranscribedPart(part, await call.SendAsync(own, options, stop.Token).ConfigureAwait(false));
            split.Progress?.Report(heard);
            return heard;
        }
        catch (Exception error)
        {
            failures.Note(part, error);
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            free.Release();
        }
    }

    private static GroqTranscriptionException Failure(
        AudioPart part,
        GroqException cause,
        List<Task<TranscribedPart>> running
    )
    {
        TranscribedPart[] done =
        [
            .. running.TakeWhile(task => task.IsCompletedSuccessfully).Select(task => task.GetAwaiter().GetResult()),
        ];
        return new GroqTranscriptionException(part, done.Length == 0 ? null : TranscriptStitcher.Stitch(done), cause);
    }

    // The end of what was said, from a word's beginning, within what the prompt leaves free.
    private static string? Continue(string? prompt, string text)
    {
        int room = MaxPromptBytes - (prompt is null ? 0 : Encoding.UTF8.GetByteCount(prompt) + 1);
        text = text.Trim();
        int start = text.Length;
        int bytes = 0;
        for (int i = text.Length; i > 0; )
        {
            int width = i > 1 && char.IsSurrogatePair(text[i - 2], text[i - 1]) ? 2 : 1;
            i -= width;
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(i, width));
            if (bytes > room)
                break;
            if (i == 0 || char.IsWhiteSpace(text[i - 1]) || WordSpacing.IsUnspaced(text[i]))
                start = i;
        }
        string tail = text[start..].Trim();
        if (tail.Length == 0)
            return prompt;
        return prompt is null ? tail : $"{prompt} {tail}";
    }

    /// <summary>Remembers what failed first; what fails after it failed because all was stopped.</summary>
    private sealed class PartFailure
    {
        private Tuple<AudioPart, Exception>? _first;

        public (AudioPart Part, Exception Error)? First => _first is { } first ? (first.Item1, first.Item2) : null;

        public void Note(AudioPart part, Exception error) =>
            Interlocked.CompareExchange(ref _first, Tuple.Create(part, error), null);
    }
}
