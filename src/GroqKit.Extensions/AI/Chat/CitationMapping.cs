using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Citations, as notes on the text that rests on them.</summary>
internal static class CitationMapping
{
    public static List<AIAnnotation>? Map(IReadOnlyList<GroqAnnotation>? annotations) =>
        annotations is { Count: > 0 } ? [.. annotations.Select(Map)] : null;

    private static CitationAnnotation Map(GroqAnnotation annotation)
    {
        var citation = new CitationAnnotation { RawRepresentation = annotation };
        if (annotation.DocumentCitation is { } document)
        {
            citation.FileId = document.DocumentId;
            citation.AnnotatedRegions = Region(document.StartIndex, document.EndIndex);
        }
        else if (annotation.FunctionCitation is { } function)
        {
            citation.AdditionalProperties = new() { ["tool_call_id"] = function.ToolCallId };
            citation.AnnotatedRegions = Region(function.StartIndex, function.EndIndex);
        }
        return citation;
    }

    private static List<AnnotatedRegion> Region(int start, int end) =>
        [new TextSpanAnnotatedRegion { StartIndex = start, EndIndex = end }];
}
