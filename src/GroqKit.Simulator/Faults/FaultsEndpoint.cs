using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults;

/// <summary><c>/sim/faults</c>: GET lists, POST sets or clears, DELETE clears. It needs no key and is not itself subject to faults.</summary>
internal sealed class FaultsEndpoint(FaultBoard board, int bodyLimit)
{
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (HttpMethods.IsDelete(http.Request.Method))
                board.Clear();
            else if (HttpMethods.IsPost(http.Request.Method))
                await SetAsync(http);
            await SendAsync(http.Response, StatusCodes.Status200OK, json => FaultListing.Write(json, board));
        }
        catch (ApiException exception)
        {
            ApiError error = exception.Error;
            await SendAsync(http.Response, error.Status, json => ErrorWriter.Write(json, error, inStream: false));
        }
    }

    private async Task SetAsync(HttpContext http)
    {
        using var body = new RequestBody();
        await body.ReadAsync(http.Request, bodyLimit, http.RequestAborted);
        Field root = JsonBody.Parse(body.Bytes, out JsonDocument document);
        using (document)
        {
            Field? fault = null;
            int? count = null;
            string? model = null;
            foreach (Field field in root.Properties())
            {
                switch (field.Name)
                {
                    case "fault":
                        fault = field;
                        break;
                    case "count":
                        count = field.IsNull ? null : field.Integer(1, int.MaxValue);
                        break;
                    case "model":
                        model = field.IsNull ? null : field.Text();
                        break;
                    default:
                        throw field.Unsupported();
                }
            }

            if (fault is not { } wanted)
                throw new ApiException(ApiErrors.Invalid("fault is required: its name, or null to clear", "fault"));
            if (wanted.IsNull)
                board.Clear();
            else
                Set(wanted, count, model);
        }
    }

    private void Set(Field fault, int? count, string? model)
    {
        try
        {
            board.Set(fault.Text(), count, model);
        }
        catch (ArgumentException exception)
        {
            throw fault.Error($"fault: {(exception.InnerException ?? exception).Message}");
        }
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
