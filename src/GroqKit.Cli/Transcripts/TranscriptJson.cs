using System.Text.Json.Serialization;

namespace GroqKit.Cli.Transcripts;

/// <summary>Generated code for what is kept between runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TranscriptEntry))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
