using System.Text.Json.Serialization;
using GroqKit.Audio;
using GroqKit.Chat;
using GroqKit.Models;

namespace GroqKit.Json;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(IReadOnlyList<ContentPart>))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(Transcription))]
[JsonSerializable(typeof(TranscriptionRequest))]
[JsonSerializable(typeof(TranslationRequest))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelInfo))]
internal sealed partial class GroqJsonContext : JsonSerializerContext;
