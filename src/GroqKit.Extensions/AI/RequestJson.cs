using System.Text.Json.Serialization;
using GroqKit.Audio;
using GroqKit.Chat;
using GroqKit.Embeddings;

namespace GroqKit.Extensions.AI;

/// <summary>Requests and their values as JSON, for merging them. What is sent is written by the client itself.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(EmbeddingEncoding?))]
[JsonSerializable(typeof(TranscriptionFormat?))]
[JsonSerializable(typeof(TimestampGranularity[]))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(string))]
internal sealed partial class RequestJson : JsonSerializerContext;
