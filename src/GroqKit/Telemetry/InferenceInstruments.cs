using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GroqKit.Telemetry;

/// <summary>The GenAI metrics of v1.41.</summary>
internal sealed class InferenceInstruments(Meter meter) : IInferenceInstruments
{
    private readonly Histogram<double> _duration = meter.CreateHistogram(
        GenAiNames.Metrics.OperationDuration,
        "s",
        "Duration of an operation, retries included.",
        advice: Buckets.Seconds
    );

    private readonly Histogram<long> _tokens = meter.CreateHistogram(
        GenAiNames.Metrics.TokenUsage,
        "{token}",
        "Tokens read and written by an operation.",
        advice: Buckets.Tokens
    );

    private readonly Histogram<double> _firstChunk = meter.CreateHistogram(
        GenAiNames.Metrics.TimeToFirstChunk,
        "s",
        "Time from the start of a streamed operation to its first output.",
        advice: Buckets.Seconds
    );

    private readonly Histogram<double> _perChunk = meter.CreateHistogram(
        GenAiNames.Metrics.TimePerOutputChunk,
        "s",
        "Time from one piece of output to the next.",
        advice: Buckets.Seconds
    );

    public bool Enabled => _duration.Enabled || _tokens.Enabled || _firstChunk.Enabled || _perChunk.Enabled;

    public bool WantsChunks => _perChunk.Enabled;

    public void Ended(in InferenceTags tags, TimeSpan duration, in CallFigures figures, string? errorType)
    {
        TagList list = tags.List;
        if (errorType is not null)
            list.Add(GenAiNames.ErrorType, errorType);
        _duration.Record(duration.TotalSeconds, list);
        if (figures.FirstToken is { } first)
            _firstChunk.Record(first.TotalSeconds, tags.List);
        if (figures.TokensByModel is { } models)
        {
            foreach (ModelTokens model in models)
                Record(tags with { ResponseModel = model.Model }, model.Tokens);
        }
        else if (figures.Tokens is { } tokens)
        {
            Record(tags, tokens);
        }
    }

    public void NextChunk(in InferenceTags tags, TimeSpan sinceLast) =>
        _perChunk.Record(sinceLast.TotalSeconds, tags.List);

    private void Record(InferenceTags tags, TokenCounts tokens)
    {
        TagList input = tags.List;
        input.Add(GenAiNames.TokenType, "input");
        _tokens.Record(tokens.Input, input);
        if (tokens.Output is not { } written)
            return;
        TagList output = tags.List;
        output.Add(GenAiNames.TokenType, "output");
        _tokens.Record(written, output);
    }
}
