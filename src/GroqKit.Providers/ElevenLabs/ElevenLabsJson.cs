using System.Text.Json.Serialization;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>Generated code for what ElevenLabs answers. Its socket writes camelCase, the rest snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SocketFrame))]
[JsonSerializable(typeof(HeardAnswer))]
[JsonSerializable(typeof(IReadOnlyList<VoiceModelAnswer>))]
internal sealed partial class ElevenLabsJson : JsonSerializerContext;
