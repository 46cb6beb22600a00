using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>Measures one call of a client while it runs.</summary>
internal sealed class CallRecord(TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    public UsageDetails? Usage { get; private set; }

    public string? Model { get; private set; }

    public TimeSpan? FirstOutput { get; private set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    public void Output() => FirstOutput ??= Elapsed;

    public void See(TextToSpeechResponseUpdate update) => See(update.ModelId, update.Contents);

    public void See(SpeechToTextResponseUpdate update) => See(update.ModelId, update.Contents);

    public void See(ChatResponseUpdate update) => See(update.ModelId, update.Contents);

    private void See(string? model, IList<AIContent> contents)
    {
        Model = model ?? Model;
        for (int i = 0; i < contents.Count; i++)
        {
            // Some providers tell it twice, and the second is the whole.
            if (contents[i] is UsageContent usage)
                Usage = usage.Details;
        }
    }
}
