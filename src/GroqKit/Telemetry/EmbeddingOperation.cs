using System.Diagnostics;
using GroqKit.Embeddings;

namespace GroqKit.Telemetry;

/// <summary>Describes embeddings on spans.</summary>
internal sealed class EmbeddingOperation : OperationKind
{
    private EmbeddingOperation()
        : base(GenAiNames.Operations.Embeddings, isInference: true) { }

    public static EmbeddingOperation Instance { get; } = new();

    public override void DescribeRequest(Activity activity, object request, SpanStyle style)
    {
        if (style.GenAi && ((EmbeddingRequest)request).EncodingFormat is { } format)
            activity.Put(GenAiNames.RequestEncodingFormats, new[] { format.Value });
    }

    public override void DescribeAnswer(Activity activity, object answer, SpanStyle style)
    {
        if (style.GenAi && ((EmbeddingList)answer).Data is [{ Vector.Length: > 0 } first, ..])
            activity.Put(GenAiNames.EmbeddingsDimensionCount, first.Vector.Length);
    }
}
