using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>Answers as they are stored.</summary>
[JsonSerializable(typeof(StoredAnswer))]
internal sealed partial class IdempotencyJson : JsonSerializerContext;
