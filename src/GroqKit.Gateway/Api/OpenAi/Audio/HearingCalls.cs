using System.Text;
using System.Text.Json;
using GroqKit.Audio;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation.Audio;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>
/// Transcriptions and translations: the recording goes to the provider as it arrives, never whole in memory or on disk, and the answer
/// comes back in the form that was asked for, whichever provider gave it.
/// </summary>
internal sealed class HearingCalls(
    BodyLimits limits,
    Router router,
    CallAdmission admission,
    UpstreamClient upstream,
    Deadlines deadlines,
    StreamRelay streams
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
        var call = new HearingCall(form, path, format, SoundRate.Read(form.Held.Span), isLate);
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
        try
        {
            await Failover.RunAsync(exchange, route, (next, to, more) => AskAsync(next, to, more, call));
        }
        catch (SentException sent)
        {
            throw sent.Failure;
        }
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
        return (new ModelRoute(usual, "unknown", Renamed: false), true);
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

    private async Task AskAsync(Exchange exchange, ModelRoute route, bool more, HearingCall call)
    {
        if (route.Provider.Kind == ProviderKind.ElevenLabs && call.Path == "audio/translations")
            throw RequestErrors.WrongValue("model", $"leads to '{route.Provider.Name}', which does not translate");
        var fit = new HearingFit(route, call.IsLate ? model => ResolveLate(exchange, route.Provider, model) : null);
        using var content = new UploadContent(
            call.Form,
            fit,
            call.FileName,
            call.Format?.MediaType ?? call.Form.FileType ?? "application/octet-stream",
            UploadBoundary.Of(exchange.Meter.RequestId),
            exchange.Lifetime.Progress
        );
        try
        {
            using HttpResponseMessage answer = await upstream.SendAsync(
                HttpMethod.Post,
                route.Provider.AddressOf(route.Provider.Kind == ProviderKind.ElevenLabs ? "speech-to-text" : call.Path),
                route.Provider,
                content,
                stream: false,
                exchange.Lifetime,
                more ? deadlines.WholeAnswer : null
            );
            Account(exchange, call, content.FileBytes, duration: null);
            DroppedHeader.Tell(exchange.Response, fit.Dropped);
            if (BytesRelay.TypeOf(answer, "").StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
                await streams.RunAsync(exchange, answer, fit.Route.Provider.Name, patience: null);
            else
                await RelayAsync(exchange, answer, call, fit, content.FileBytes);
        }
        catch (GatewayException) when (content.Refusal is not null)
        {
            throw content.Refusal;
        }
        catch (GatewayException failure) when (more && !content.CanRepeat)
        {
            // What has gone can't be sent again to anybody: this failure is the answer.
            throw new SentException(failure);
        }
    }

    private async Task RelayAsync(
        Exchange exchange,
        HttpResponseMessage answer,
        HearingCall call,
        HearingFit fit,
        long fileBytes
    )
    {
        string provider = fit.Route.Provider.Name;
        using PooledBody body = await upstream.ReadWholeAsync(answer, provider, exchange.Lifetime);
        ReadOnlyMemory<byte> bytes = body.Memory;
        string type = BytesRelay.TypeOf(answer, "application/json");
        ProviderKind kind = fit.Route.Provider.Kind;
        exchange.Meter.OutputBegan();
        if (kind == ProviderKind.OpenAi && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            await JsonAnswer.WriteAsync(exchange, bytes, "text/plain; charset=utf-8");
            return;
        }
        Transcription transcript = Read(kind, bytes, provider);
        Account(exchange, call, fileBytes, transcript.Duration);
        if (kind == ProviderKind.OpenAi && ChunkReader.TryRead(body.Span, out ChunkFacts facts))
            exchange.Meter.Reported = facts.Usage;
        if (fit.Stream && kind != ProviderKind.OpenAi)
        {
            await JsonAnswer.WriteAsync(exchange, TranscriptWriter.WriteEvents(transcript), "text/event-stream");
            return;
        }
        // The provider's own words where they are what was asked for: they hold figures that nobody else has.
        if (kind == ProviderKind.OpenAi || (kind == ProviderKind.Groq && fit.Format == TranscriptFormats.VerboseJson))
        {
            await JsonAnswer.WriteAsync(exchange, bytes, "application/json");
            return;
        }
        (byte[] written, string writtenType) = Write(transcript, fit);
        await JsonAnswer.WriteAsync(exchange, written, writtenType);
    }

    private static Transcription Read(ProviderKind kind, ReadOnlyMemory<byte> bytes, string provider)
    {
        try
        {
            return kind == ProviderKind.ElevenLabs
                ? TranscriptReader.ReadElevenLabs(bytes)
                : TranscriptReader.ReadOpenAi(bytes);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw UpstreamErrors.Malformed(provider, unreadable);
        }
    }

    private static (byte[] Body, string Type) Write(Transcription transcript, HearingFit fit)
    {
        try
        {
            return TranscriptWriter.Write(transcript, fit.Format, fit.WithWords);
        }
        catch (InvalidOperationException)
        {
            throw RequestErrors.WrongValue("response_format", "needs times, and this model gives none");
        }
    }

    private static void Account(Exchange exchange, HearingCall call, long fileBytes, double? duration)
    {
        TimeSpan? length =
            duration is { } seconds and >= 0 and < 1e8 ? TimeSpan.FromSeconds(seconds)
            : call.Rate is { } rate && fileBytes > 0 ? rate.Of(fileBytes)
            : null;
        exchange.Meter.Speech = new SpeechUsage(length, fileBytes, Characters: 0, AudioOut: null);
    }

    private static TimeSpan Longer(TimeSpan? length) => length > Shortest ? length.Value : Shortest;
}
