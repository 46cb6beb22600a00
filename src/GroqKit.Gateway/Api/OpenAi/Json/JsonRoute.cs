using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Json;

/// <summary>A kind of call that is one JSON object to a model, and what is checked of it.</summary>
/// <param name="Operation">Its name in records.</param>
/// <param name="Path">Where providers take it, below their root.</param>
/// <param name="Input">The field that the model reads.</param>
/// <param name="Fields">What is checked.</param>
internal sealed record JsonRoute(string Operation, string Path, string Input, IReadOnlyList<FieldRule> Fields)
{
    private const int MaxInputs = 2048;
    private const int MaxDocuments = 1000;

    public static JsonRoute Embeddings { get; } =
        new(
            Services.Usage.Operation.Embeddings,
            "embeddings",
            "input",
            [
                Model,
                FieldRule.TextOrList("input", required: true) with
                {
                    MaxItems = MaxInputs,
                },
                FieldRule.Text("encoding_format"),
                FieldRule.Count("dimensions", 1, int.MaxValue),
                FieldRule.Text("user"),
            ]
        );

    public static JsonRoute Reranking { get; } =
        new(
            Services.Usage.Operation.Reranking,
            "reranking",
            "docs",
            [
                Model,
                FieldRule.Text("query", required: true),
                FieldRule.List("docs", required: true) with
                {
                    MaxItems = MaxDocuments,
                },
                FieldRule.Text("instruction"),
            ]
        );

    public static JsonRoute Completions { get; } =
        new(
            Services.Usage.Operation.Completions,
            "completions",
            "prompt",
            [
                Model,
                FieldRule.TextOrList("prompt", required: true) with
                {
                    MaxItems = MaxInputs,
                },
                FieldRule.Flag("stream"),
                FieldRule.Object("stream_options"),
                FieldRule.Number("temperature", 0, 2),
                FieldRule.Number("top_p", 0, 1),
                FieldRule.Count("max_tokens", 0, int.MaxValue),
                FieldRule.Count("n", 1, 128),
                FieldRule.Text("user"),
            ]
        );

    /// <summary>The field that every call needs, unless an agent is named otherwise.</summary>
    public static FieldRule Model => FieldRule.Text("model", required: true);
}
