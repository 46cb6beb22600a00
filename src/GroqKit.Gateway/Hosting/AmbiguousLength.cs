using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Hosting;

/// <summary>
/// Refuses requests whose length can be read in two ways: stated twice, in chunks and as a number, or in a coding that not everybody knows. Whatever
/// stands before the gateway may have read it the other way, and would take what is left over for another caller's request.
/// </summary>
internal static class AmbiguousLength
{
    // Where the server puts the number once it has chosen the chunks.
    private const string Overridden = "X-Content-Length";

    public static void RefuseAmbiguousLength(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<CallPipeline>();
        RequestDelegate refuseTwo = Refusing(
            pipeline,
            "The request has both Transfer-Encoding and Content-Length; which of them counts is undefined."
        );
        RequestDelegate refuseCoding = Refusing(
            pipeline,
            "Transfer-Encoding must be 'chunked' and nothing else, and needs HTTP/1.1."
        );
        app.Use(next =>
            context =>
                context.Request.Headers.TransferEncoding.Count == 0 ? next(context)
                : context.Request.Headers.ContainsKey(Overridden) ? refuseTwo(context)
                : IsChunked(context.Request) ? next(context)
                : refuseCoding(context)
        );
    }

    private static RequestDelegate Refusing(CallPipeline pipeline, string reason) =>
        pipeline.Refusing(request =>
        {
            request.HttpContext.Response.Headers.Connection = "close";
            return RequestErrors.InvalidHttp(StatusCodes.Status400BadRequest, reason);
        });

    private static bool IsChunked(HttpRequest request) =>
        request.Headers.TransferEncoding.Count == 1
        && string.Equals(request.Headers.TransferEncoding[0], "chunked", StringComparison.OrdinalIgnoreCase)
        && !HttpProtocol.IsHttp10(request.Protocol);
}
