using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Aliases;
using GroqKit.Gateway.Services.Audit;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Administration;

/// <summary>The JSON of the admin API.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(Page<KeyView>))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(Page<AgentView>))]
[JsonSerializable(typeof(ServiceView))]
[JsonSerializable(typeof(AliasView))]
[JsonSerializable(typeof(Page<AliasView>))]
[JsonSerializable(typeof(ProviderView))]
[JsonSerializable(typeof(Page<ProviderView>))]
[JsonSerializable(typeof(ProviderCheck))]
[JsonSerializable(typeof(Page<AuditView>))]
[JsonSerializable(typeof(WebhookTargetView))]
[JsonSerializable(typeof(Page<WebhookTargetView>))]
[JsonSerializable(typeof(WebhookSourceView))]
[JsonSerializable(typeof(Page<WebhookSourceView>))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(Page<DeliveryView>))]
[JsonSerializable(typeof(SyncView))]
[JsonSerializable(typeof(Page<SyncView>))]
[JsonSerializable(typeof(ShareView))]
[JsonSerializable(typeof(MoveView))]
[JsonSerializable(typeof(EndUserView))]
[JsonSerializable(typeof(ErasedView))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(Page<JobView>))]
internal sealed partial class AdminJson : JsonSerializerContext;
