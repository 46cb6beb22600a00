using System.Text.Json;

namespace GroqKit.Cli.Batches;

/// <summary>What the journal of a batch keeps: an answer, or where the batch is at the server.</summary>
internal sealed record BatchEntry
{
    /// <summary>The question that was answered; null for a batch at the server.</summary>
    public string? Id { get; init; }

    /// <summary>That of the question, or of all questions of a batch at the server.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The whole answer.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>Marks a batch that is being made, so that it is found when the answer to its making was lost.</summary>
    public string? Mark { get; init; }

    /// <summary>The batch at the server, once that is known.</summary>
    public string? BatchId { get; init; }
}
