using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Realtime;

[JsonSerializable(typeof(ClientTicket))]
internal sealed partial class ClientTicketJson : JsonSerializerContext;
