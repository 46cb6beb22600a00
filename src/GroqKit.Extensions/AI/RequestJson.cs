using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Extensions.AI;

/// <summary>Requests as JSON, for merging them. What is sent is written by the client itself.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ChatRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
