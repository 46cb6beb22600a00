using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Hosting;

/// <summary>
/// Refuses requests that state their length twice, in chunks and as a number: whatever stands before the gateway may have believed the number,
/// and would take what is left over for another caller's request.
/// </summary>
internal static class AmbiguousLength
{
    // Where the server puts the number once it has chosen the chunks.
    private const string Overridden = "X-Content-Length";

    public static void RefuseAmbiguousLength(this WebApplication app)
    {
        RequestDelegate refuse = app
            .Services.GetRequiredService<CallPipeline>()
            .Refusing(request =>
            {
                request.HttpContext.Response.Headers.Connection = "close";
                return RequestErrors.InvalidHttp(
                    StatusCodes.Status400BadRequest,
                    "The request has both Transfer-Encoding and Content-Length; which of them counts is undefined."
                );
            });
        app.Use(next => context => IsAmbiguous(context.Request.Headers) ? refuse(context) : next(context));
    }

    private static bool IsAmbiguous(IHeaderDictionary headers) =>
        headers.TransferEncoding.Count > 0 && headers.ContainsKey(Overridden);
}
