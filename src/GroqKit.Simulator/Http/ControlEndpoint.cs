using System.Text.Json;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Http;

/// <summary>
/// A path below <c>/sim</c> that controls the simulator: GET lists, POST sets, DELETE clears, and each answers with the list. It
/// needs no key and is not itself subject to faults.
/// </summary>
internal abstract class ControlEndpoint(int bodyLimit)
{
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (HttpMethods.IsDelete(http.Request.Method))
                Clear();
            else if (HttpMethods.IsPost(http.Request.Method))
                await SetAsync(http);
            await SendAsync(http.Response, StatusCodes.Status200OK, List);
        }
        catch (ApiException exception)
        {
            ApiError error = exception.Error;
            await SendAsync(http.Response, error.Status, json => ErrorWriter.Write(json, error, inStream: false));
        }
    }

    protected abstract void List(Utf8JsonWriter json);

    protected abstract void Clear();

    /// <exception cref="ApiException">The body is not what can be set.</exception>
    protected abstract void Set(ReadOnlyMemory<byte> body);

    private async Task SetAsync(HttpContext http)
    {
        using var body = new RequestBody();
        await body.ReadAsync(http.Request, bodyLimit, interfere: null, http.RequestAborted);
        Set(body.Bytes);
    }

    private static Task SendAsync(HttpResponse response, int status, Action<Utf8JsonWriter> write)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers["x-sim"] = "1";
        ReadOnlySpan<byte> body = JsonBuffer.Write(write);
        response.ContentLength = body.Length;
        System.Buffers.BuffersExtensions.Write(response.BodyWriter, body);
        return response.CompleteAsync();
    }
}
