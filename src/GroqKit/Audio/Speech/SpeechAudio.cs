namespace GroqKit.Audio;

/// <summary>A spoken text, whole.</summary>
public sealed class SpeechAudio
{
    internal SpeechAudio(ReadOnlyMemory<byte> data, SpeechPlan plan, WavFormat? wav, ResponseMetadata metadata)
    {
        Data = data;
        Format = plan.Request.ResponseFormat;
        Pieces = plan.Pieces;
        Warnings = plan.Warnings;
        Metadata = metadata;
        if (wav is { } shape)
            Duration = shape.DurationOf(data.Length - WavHeader.LengthFor(shape));
    }

    /// <summary>The file, headers included. A WAV file has its true sizes, whatever was sent.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Its form, as asked for.</summary>
    public SpeechFormat Format { get; }

    /// <summary>Its media type.</summary>
    public string MediaType => Format.MediaType;

    /// <summary>How long it plays; null unless it is WAV.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>The pieces in which the text was spoken.</summary>
    public IReadOnlyList<string> Pieces { get; }

    /// <summary>What was done differently from what was asked; usually empty.</summary>
    public IReadOnlyList<GroqWarning> Warnings { get; }

    /// <summary>What the transport knows about the first piece's answer.</summary>
    public ResponseMetadata Metadata { get; }

    /// <summary>Writes the file, replacing one that exists.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, useAsync: true);
        await using (file.ConfigureAwait(false))
            await file.WriteAsync(Data, cancellationToken).ConfigureAwait(false);
    }
}
