using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Screening;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>The JSON inside columns.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<StoredSecret>))]
[JsonSerializable(typeof(IReadOnlyList<ModelChoice>))]
[JsonSerializable(typeof(IReadOnlyList<StoredLink>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(LimitPolicy))]
[JsonSerializable(typeof(AgentPrivacy))]
[JsonSerializable(typeof(AgentScreening))]
[JsonSerializable(typeof(IReadOnlyList<SealedSecret>))]
internal sealed partial class RecordJson : JsonSerializerContext;
