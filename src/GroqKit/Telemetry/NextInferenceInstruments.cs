using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GroqKit.Telemetry;

/// <summary>The GenAI metrics of the conventions that are not released yet.</summary>
internal sealed class NextInferenceInstruments(Meter meter) : IInferenceInstruments
{
    private readonly Histogram<double> _duration = Seconds(meter, GenAiNames.Next.InferenceDuration);
    private readonly Histogram<double> _embeddingsDuration = Seconds(meter, GenAiNames.Next.EmbeddingsDuration);
    private readonly Histogram<double> _firstChunk = Seconds(meter, GenAiNames.Next.TimeToFirstChunk);
    private readonly Histogram<double> _perChunk = Seconds(meter, GenAiNames.Next.TimePerOutputChunk);
    private readonly Counter<long> _input = Count(meter, GenAiNames.Next.UsageInputTokens);
    private readonly Counter<long> _output = Count(meter, GenAiNames.Next.UsageOutputTokens);
    private readonly Counter<long> _cached = Count(meter, GenAiNames.Next.UsageCacheReadInputTokens);
    private readonly Counter<long> _reasoning = Count(meter, GenAiNames.Next.UsageReasoningOutputTokens);
    private readonly Histogram<long> _inputPerCall = Tokens(meter, GenAiNames.Next.OperationInputTokens);
    private readonly Histogram<long> _outputPerCall = Tokens(meter, GenAiNames.Next.OperationOutputTokens);
    private readonly Histogram<long> _embeddingsInput = Tokens(meter, GenAiNames.Next.EmbeddingsInputTokens);

    public bool Enabled =>
        _duration.Enabled
        || _embeddingsDuration.Enabled
        || _firstChunk.Enabled
        || _perChunk.Enabled
        || _input.Enabled
        || _output.Enabled
        || _cached.Enabled
        || _reasoning.Enabled
        || _inputPerCall.Enabled
        || _outputPerCall.Enabled
        || _embeddingsInput.Enabled;

    public bool WantsChunks => _perChunk.Enabled;

    public void Ended(in InferenceTags tags, TimeSpan duration, in CallFigures figures, string? errorType)
    {
        bool embeds = tags.Operation == GenAiNames.Operations.Embeddings;
        TagList list = tags.List;
        if (errorType is not null)
            list.Add(GenAiNames.ErrorType, errorType);
        (embeds ? _embeddingsDuration : _duration).Record(duration.TotalSeconds, list);
        if (figures.FirstToken is { } first)
            _firstChunk.Record(first.TotalSeconds, tags.List);
        if (embeds)
        {
            if (figures.Tokens is { } embedded)
                _embeddingsInput.Record(embedded.Input, tags.List);
            return;
        }
        if (figures.TokensByModel is { } models)
        {
            foreach (ModelTokens model in models)
                Add(tags with { ResponseModel = model.Model }, model.Tokens, "text");
        }
        else
        {
            // Without figures a zero says that there was a call.
            Add(tags, figures.Tokens ?? default, figures.Tokens is null ? "unknown" : "text");
        }
        if (figures.Tokens is { } tokens)
        {
            _inputPerCall.Record(tokens.Input, tags.List);
            _outputPerCall.Record(tokens.Output ?? 0, tags.List);
        }
    }

    public void NextChunk(in InferenceTags tags, TimeSpan sinceLast) =>
        _perChunk.Record(sinceLast.TotalSeconds, tags.List);

    private static Histogram<double> Seconds(Meter meter, string name) =>
        meter.CreateHistogram(name, "s", advice: Buckets.Seconds);

    private static Histogram<long> Tokens(Meter meter, string name) =>
        meter.CreateHistogram(name, "{token}", advice: Buckets.Tokens);

    private static Counter<long> Count(Meter meter, string name) => meter.CreateCounter<long>(name, "{token}");

    private void Add(InferenceTags tags, TokenCounts tokens, string modality)
    {
        TagList list = tags.List;
        list.Add(GenAiNames.Next.TokenModality, modality);
        _input.Add(tokens.Input, list);
        _output.Add(tokens.Output ?? 0, list);
        if (tokens.Cached > 0)
            _cached.Add(tokens.Cached, list);
        if (tokens.Reasoning is { } reasoning)
            _reasoning.Add(reasoning, list);
    }
}
