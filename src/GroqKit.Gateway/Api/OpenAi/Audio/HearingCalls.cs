using System.Text;
using GroqKit.Audio;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>
/// Transcriptions and translations: the recording goes to the provider as it arrives, never whole in memory or on disk, and the answer
/// comes back in the form that was asked for, whichever provider gave it.
/// </summary>
internal sealed class HearingCalls(
    BodyLimits limits,
    Router router,
    CallAdmission admission,
    Failover failover,
    UpstreamClient upstream,
    Deadlines deadlines,
    EventRelay events,
    InputGuard guard
)
{
    private const string LimitName = "the limit for audio";

    // The shortest that providers bill.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    public Task TranscribeAsync(Exchange exchange) => HandleAsync(exchange, "audio/transcriptions");

    public Task TranslateAsync(Exchange exchange) => HandleAsync(exchange, "audio/translations");

    private async Task HandleAsync(Exchange exchange, string path)
    {
        using UploadForm form = await UploadForm.ReadAsync(
            exchange.Request,
            "file",
            limits.HeldUpload,
            limits.Audio,
            LimitName,
            exchange.Lifetime.Token
        );
        foreach (UploadField field in form.Fields)
            HearingRequest.CheckField(field);
        (ModelRoute route, bool isLate) = Route(exchange, form);
        AudioFormat? format = HearingRequest.CheckSound(form);
        exchange.Choose(route);
        var call = new HearingCall(form, path, format, HearingRequest.RateOf(form, format));
        exchange.Meter.Streamed = form.Find("stream") == "true";
        await admission.AdmitAsync(
            exchange.Meter,
            route.Agent,
            new CallNeeds(0, 0, Choices: 1)
            {
                Audio = Longer(call.Rate?.Of(exchange.Request.ContentLength ?? form.Held.Length)),
                AudioBytes = form.Held.Length,
            },
            exchange.Lifetime.Token
        );
        await guard.RunFormAsync(
            exchange,
            route,
            clean =>
                failover.RunAsync(
                    exchange,
                    route,
                    new HearingAttempts(
                        upstream,
                        deadlines,
                        events,
                        call with
                        {
                            Clean = clean,
                        },
                        isLate ? ResolveLate : null
                    )
                )
        );
    }

    private (ModelRoute Route, bool IsLate) Route(Exchange exchange, UploadForm form)
    {
        if (AgentHeader.Read(exchange.Request) is { } agent)
            return (router.ResolveAgent(agent, GatewayHeaders.Agent, exchange.Caller, ServiceKind.Stt), false);
        if (form.Find("model") is { } model)
            return (router.Resolve(Encoding.UTF8.GetBytes(model), "model", exchange.Caller, ServiceKind.Stt), false);
        if (form.IsWhole)
            throw RequestErrors.Missing("model");
        // The file came first and is long: it goes where plain names go, and the name behind it has to be one of those.
        Provider usual = router.DefaultOf(exchange.Caller);
        return (
            new ModelRoute(usual, "unknown", Renamed: false)
            {
                IsUnnamed = true,
                Guard = router.GuardOf(agent: null, GatewayHeaders.Agent, exchange.Caller),
            },
            true
        );
    }

    private ModelRoute ResolveLate(Exchange exchange, Provider asked, string model)
    {
        ModelRoute route = router.Resolve(Encoding.UTF8.GetBytes(model), "model", exchange.Caller, ServiceKind.Stt);
        if (route.Agent is not null || !route.Provider.Equals(asked))
            throw RequestErrors.WrongValue(
                "model",
                $"stands behind a file of more than {limits.HeldUpload:N0} bytes and leads elsewhere than plain model names do; send it before the file"
            );
        exchange.Choose(route);
        return route;
    }

    private static TimeSpan Longer(TimeSpan? length) => length > Shortest ? length.Value : Shortest;
}
