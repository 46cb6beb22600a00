using System.Text.Json;

namespace GroqKit.Cli.Batches;

/// <summary>A request as the Batch API takes it.</summary>
/// <param name="Url">Where it goes, such as <c>/v1/chat/completions</c>.</param>
/// <param name="Body">What is asked.</param>
internal sealed record BatchLine(string Url, JsonElement Body);
