using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Testing;

/// <summary>Bodies of requests, read back.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatRequest))]
internal sealed partial class TestingJson : JsonSerializerContext;
