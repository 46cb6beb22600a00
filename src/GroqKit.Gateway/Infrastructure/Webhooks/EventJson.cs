using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>The JSON of events.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class EventJson : JsonSerializerContext;
