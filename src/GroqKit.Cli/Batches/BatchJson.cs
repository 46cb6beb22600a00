using System.Text.Json.Serialization;

namespace GroqKit.Cli.Batches;

/// <summary>Generated code for what is kept between runs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(BatchEntry))]
internal sealed partial class BatchJson : JsonSerializerContext;
