using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>The JSON of what events say.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProviderEvent))]
[JsonSerializable(typeof(BudgetEvent))]
[JsonSerializable(typeof(KeyEvent))]
[JsonSerializable(typeof(ModelEvent))]
[JsonSerializable(typeof(BatchEvent))]
[JsonSerializable(typeof(FallbackEvent))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SyncJson : JsonSerializerContext;
