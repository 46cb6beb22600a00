using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Files;

/// <summary><c>GET files</c>.</summary>
internal sealed class FileListEndpoint(FileStore files) : IApiEndpoint
{
    public Task HandleAsync(Exchange exchange) =>
        exchange.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (StoredFile file in files.List(exchange.Key))
                file.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });
}
