using System.Collections.Concurrent;
using GroqKit.Audio;
using GroqKit.Cli.Display;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Transcripts;

/// <summary>Many recordings at once, each into files of its own. What is done stays done; the rest is for the next run.</summary>
internal sealed class TranscriptRun(
    SpeechToText task,
    GroqClient client,
    TranscriptSettings settings,
    ErrorReport errors
)
{
    private readonly ConcurrentQueue<TranscriptOutcome> _outcomes = new();

    /// <summary>What became of each recording, in no order.</summary>
    public IReadOnlyCollection<TranscriptOutcome> Outcomes => _outcomes;

    /// <param name="works">The recordings.</param>
    /// <param name="parallel">How many at the same time.</param>
    /// <param name="isForced">Whether to do what is done already, and to replace files of others.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="GroqException">What failed would fail for every recording.</exception>
    public async Task RunAsync(
        IReadOnlyList<TranscriptWork> works,
        int parallel,
        bool isForced,
        IWorkProgress progress,
        CancellationToken cancellationToken
    )
    {
        using var folders = new TranscriptFolders(works.Select(work => work.Folder));
        List<TranscriptWork> left = [];
        foreach (TranscriptWork work in works)
        {
            TranscriptFolder folder = folders[work.Folder];
            if (!isForced && folder.IsDone(work.Entry))
                _outcomes.Enqueue(TranscriptOutcome.Skipped(work));
            else if (!isForced && folder.FindForeign(work.Entry) is { } file)
                Fail(work, $"{file} is in the way; --force replaces it", progress);
            else
                left.Add(work);
        }
        progress.Begin(works.Count, works.Count - left.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(left, options, DoAsync);

        async ValueTask DoAsync(TranscriptWork work, CancellationToken token)
        {
            try
            {
                progress.Say(Path.GetFileName(work.Recording.Relative));
                Transcription heard = await HearAsync(work.Recording, token);
                string[] texts = [.. settings.Formats.Select(format => format.Write(heard))];
                await folders[work.Folder].FinishAsync(work.Entry, texts, token);
                _outcomes.Enqueue(TranscriptOutcome.Done(work, task.Done, heard));
            }
            catch (GroqException error) when (!IsForAll(error))
            {
                Fail(work, Describe(error), progress);
            }
            progress.Advance();
        }
    }

    public async Task<Transcription> HearAsync(Recording recording, CancellationToken cancellationToken)
    {
        AudioInput audio = recording.IsUrl
            ? AudioInput.FromUrl(recording.Source)
            : AudioInput.FromFile(recording.Source);
        return await task.HearAsync(client, audio, settings, cancellationToken);
    }

    /// <summary>An error of one recording, without the parameter, for whose place the recording's name stands.</summary>
    public string Describe(GroqException error)
    {
        string text = errors.Describe(error);
        return
            error.Parameter is ("file" or "url") and var parameter
            && text.StartsWith($"{parameter}: ", StringComparison.Ordinal)
            ? text[(parameter.Length + 2)..]
            : text;
    }

    // A key or a model that is refused is refused for every recording, and a server that is down is down.
    private static bool IsForAll(GroqException error) =>
        (error as GroqTranscriptionException)?.InnerException is GroqException cause
            ? IsForAll(cause)
            : error
                is GroqAuthenticationException
                    or GroqAuthorizationException
                    or GroqModelException
                    or GroqCircuitOpenException
                    or GroqConfigurationException
                || error is GroqValidationException { Status: null, Parameter: not ("file" or "url") };

    private void Fail(TranscriptWork work, string message, IWorkProgress progress)
    {
        _outcomes.Enqueue(TranscriptOutcome.Failed(work, message));
        progress.Fail($"{work.Recording.Source}: {message}");
    }
}
