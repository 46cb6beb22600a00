using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Files;

/// <summary><c>GET files/{id}</c>, its content, and <c>DELETE</c>.</summary>
internal sealed class FileEndpoint(FileStore files, bool content) : IApiEndpoint
{
    public const string IdKey = "file_id";

    public Task HandleAsync(Exchange exchange)
    {
        string id = exchange.RouteText(IdKey);
        StoredFile file = files.Get(id, exchange.Key);
        if (HttpMethods.IsDelete(exchange.Http.Request.Method))
        {
            files.Delete(id, exchange.Key);
            return exchange.SendDeletedAsync(id, "file");
        }

        return content
            ? exchange.SendAsync(StatusCodes.Status200OK, "application/octet-stream", file.Bytes.Span)
            : exchange.SendJsonAsync(file.Write);
    }
}
