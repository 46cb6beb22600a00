using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Api.Webhooks;

/// <summary><c>POST /webhooks/{tenant}/{source}</c>: signed messages, without a key.</summary>
internal sealed partial class IncomingRoute(IncomingWebhooks webhooks, RequestIds ids, ILogger<IncomingRoute> logger)
{
    private const int MaxBytes = 256 * 1024;

    private readonly RequestBody _bodies = new(new BodyLimits(MaxBytes, MaxBytes));

    public static void Map(IEndpointRouteBuilder app)
    {
        var route = app.ServiceProvider.GetRequiredService<IncomingRoute>();
        app.MapPost("/webhooks/{tenant}/{source}", (Delegate)route.TakeAsync)
            .WithMetadata(RouteAccess.Signed)
            .WithTags("Webhooks")
            .WithSummary("Takes a message that its sender has signed as Standard Webhooks has it.");
    }

    private async Task TakeAsync(HttpContext context)
    {
        string id = ids.Next();
        context.Response.Headers[GatewayHeaders.RequestId] = id;
        HttpRequest request = context.Request;
        try
        {
            using PooledBody body = await _bodies.ReadAsync(request, context.RequestAborted);
            bool isNew = await webhooks.TakeAsync(
                (string)request.RouteValues["tenant"]!,
                (string)request.RouteValues["source"]!,
                Header(request, WebhookHeaders.Id),
                Header(request, WebhookHeaders.Timestamp),
                Header(request, WebhookHeaders.Signature),
                body.Memory,
                context.RequestAborted
            );
            context.Response.StatusCode = isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (GatewayException refused)
        {
            await ErrorAnswer.WriteAsync(context.Response, refused);
        }
        catch (Exception away) when (away is StorageException or SecretException)
        {
            Failed(away, id);
            await ErrorAnswer.WriteAsync(context.Response, RequestErrors.StorageUnavailable(away));
        }
    }

    // Two of one name would leave open which one was checked.
    private static string? Header(HttpRequest request, string name) =>
        request.Headers[name] is { Count: 1 } values ? values[0] : null;

    [LoggerMessage(50, LogLevel.Error, "{RequestId}: a webhook could not be stored")]
    private partial void Failed(Exception failure, string requestId);
}
