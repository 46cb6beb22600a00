using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Dashboard.Sessions;

[JsonSerializable(typeof(SessionTicket))]
internal sealed partial class SessionJson : JsonSerializerContext;
