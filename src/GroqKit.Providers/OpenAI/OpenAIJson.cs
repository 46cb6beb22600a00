using System.Text.Json.Serialization;
using GroqKit.Providers.OpenAI.Chat;
using GroqKit.Providers.OpenAI.Speech;

namespace GroqKit.Providers.OpenAI;

/// <summary>Generated code for what OpenAI answers. Unknown members are passed over, numbers may come as text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(TranscriptAnswer))]
[JsonSerializable(typeof(ModelListAnswer))]
internal sealed partial class OpenAIJson : JsonSerializerContext;
