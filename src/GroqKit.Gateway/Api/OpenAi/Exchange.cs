using System.IO.Pipelines;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>One authenticated call: the caller's side of it, its account, and its lifetime.</summary>
internal readonly record struct Exchange(
    HttpContext Context,
    CallerKey Caller,
    RequestMeter Meter,
    CallLifetime Lifetime
)
{
    public HttpRequest Request => Context.Request;

    public HttpResponse Response => Context.Response;

    /// <summary>From here on it is known who answers; the answer's headers say so, errors included, unless they have left.</summary>
    /// <exception cref="GatewayException">The operator has not opened the model.</exception>
    public void Choose(ModelRoute route)
    {
        if (!route.IsUnnamed && route.Provider.Models is { } open && !open.Contains(route.Model))
            throw RequestErrors.ClosedModel(route.Provider.Name, route.Model);
        Choose(route.Provider);
        Meter.Model = route.Model;
        Meter.Agent = route.Agent?.Name;
        if (!Response.HasStarted)
            Response.Headers[GatewayHeaders.Model] = route.Model;
    }

    /// <summary>Tells the caller why a model was chosen for its request.</summary>
    public ModelRoute Take(PickedRoute picked)
    {
        if (picked.Reason is { } reason)
            Response.Headers[GatewayHeaders.Choice] = reason;
        return picked.Route;
    }

    /// <summary>Sends a piece of the answer. Where the caller reads slowly, that is its time, not the gateway's.</summary>
    /// <exception cref="GatewayException">The caller left.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        ValueTask<FlushResult> flush = Response.BodyWriter.WriteAsync(piece, cancellationToken);
        if (flush.IsCompleted)
        {
            if ((await flush).IsCompleted)
                throw UpstreamErrors.CallerLeft();
            return;
        }
        Meter.BeginWait();
        try
        {
            await flush;
        }
        finally
        {
            Meter.EndWait();
        }
    }

    public void Choose(Provider provider)
    {
        Meter.Provider = provider.Name;
        Meter.Kind = provider.Kind;
        if (!Response.HasStarted)
            Response.Headers[GatewayHeaders.Provider] = provider.Name;
    }
}
