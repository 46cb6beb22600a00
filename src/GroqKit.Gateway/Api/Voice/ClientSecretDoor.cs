using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Realtime;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>
/// The one door that a client secret opens: behind it the session runs with a stand-in for the key, which is looked up anew for every call
/// that the session makes.
/// </summary>
internal sealed class ClientSecretDoor(ClientSecrets secrets, LentKeys lent, CallPipeline pipeline)
{
    public RequestDelegate Before(RequestDelegate call) => context => RunAsync(context, call);

    private async Task RunAsync(HttpContext context, RequestDelegate call)
    {
        if (CallerGate.SecretOf(context.Request) is not { } text)
        {
            await call(context);
            return;
        }
        ClientSecret secret;
        try
        {
            secret = secrets.Open(text);
        }
        catch (GatewayException refused)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await pipeline.Refusing(_ => refused)(context);
            return;
        }
        using LentKeys.Loan loan = lent.Lend(secret.Key);
        context.Request.Headers.Authorization = CallerGate.Scheme + loan.Text;
        context.Features.Set(secret);
        await call(context);
    }
}
