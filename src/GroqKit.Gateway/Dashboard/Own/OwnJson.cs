using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Dashboard.Own;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OwnJson : JsonSerializerContext;
