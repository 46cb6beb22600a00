using System.Text;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>The models that can be asked for.</summary>
internal sealed class Models(
    Router router,
    CallAdmission admission,
    UpstreamClient upstream,
    WholeAnswerRelay wholeAnswers
)
{
    /// <summary>The name of the route value that holds a model's id.</summary>
    public const string IdValue = "id";

    public Task ListAsync(Exchange exchange)
    {
        Provider provider = router.DefaultOf(exchange.Caller);
        exchange.Choose(provider);
        return RelayAsync(exchange, provider.ModelsAddress, provider);
    }

    public Task GetAsync(Exchange exchange)
    {
        // Routing leaves an encoded slash as it came.
        string id = Uri.UnescapeDataString((string)exchange.Request.RouteValues[IdValue]!);
        ModelRoute route = router.Resolve(Encoding.UTF8.GetBytes(id), IdValue, exchange.Caller);
        exchange.Choose(route);
        return RelayAsync(exchange, route.Provider.ModelAddress(route.Model), route.Provider);
    }

    private async Task RelayAsync(Exchange exchange, Uri address, Provider provider)
    {
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Get,
            address,
            provider,
            content: null,
            stream: false,
            exchange.Lifetime
        );
        await wholeAnswers.RunAsync(exchange, answer, provider.Name);
    }
}
