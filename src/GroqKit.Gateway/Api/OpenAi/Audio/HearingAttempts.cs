using System.Text.Json;
using GroqKit.Audio;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation.Audio;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>A recording to be heard by whichever provider serves, and the transcript in the form that was asked for.</summary>
/// <param name="upstream">Sends it.</param>
/// <param name="deadlines">How long it waits.</param>
/// <param name="events">Relays transcripts that come in events.</param>
/// <param name="call">What is to be heard.</param>
/// <param name="resolveLate">Finds a model whose name stands behind the file; null where it is known.</param>
internal sealed class HearingAttempts(
    UpstreamClient upstream,
    Deadlines deadlines,
    EventRelay events,
    HearingCall call,
    Func<Exchange, Provider, string, ModelRoute>? resolveLate
) : ForwardedCall
{
    private UploadContent? _sent;

    public override ServiceKind Service => ServiceKind.Stt;

    // What has gone can't be sent again to anybody.
    public override bool CanBeSentAgain => _sent?.CanRepeat ?? true;

    public override async Task AskAsync(Attempt attempt)
    {
        (Exchange exchange, ModelRoute route, UpstreamLane? lane, bool more) = attempt;
        if (route.Provider.Kind == ProviderKind.ElevenLabs && call.Path == "audio/translations")
            throw RequestErrors.WrongValue("model", $"leads to '{route.Provider.Name}', which does not translate");
        var fit = new HearingFit(
            route,
            resolveLate is null ? null : model => resolveLate(exchange, route.Provider, model),
            call.Clean
        );
        var content = new UploadContent(
            call.Form,
            fit,
            UploadName.Clean(call.FileName, call.Clean),
            call.Format?.MediaType ?? call.Form.FileType ?? "application/octet-stream",
            UploadBoundary.Of(exchange.Meter.RequestId),
            exchange.Lifetime.Progress
        );
        _sent = content;
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
            lane?.Note(answer.Headers);
            Account(exchange, content.FileBytes, duration: null);
            DroppedHeader.Tell(exchange.Response, fit.Dropped);
            if (BytesRelay.TypeOf(answer, "").StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
            {
                if (!fit.Stream)
                    throw UpstreamErrors.Malformed(route.Provider.Name);
                await events.RunAsync(
                    attempt,
                    answer,
                    more ? deadlines.FirstOutput : null,
                    new PassedEvents(route.Provider.Name)
                );
            }
            else
            {
                await RelayAsync(exchange, answer, fit, content.FileBytes);
            }
        }
        catch (GatewayException) when (content.Refusal is not null)
        {
            throw content.Refusal;
        }
    }

    private async Task RelayAsync(Exchange exchange, HttpResponseMessage answer, HearingFit fit, long fileBytes)
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
        Account(exchange, fileBytes, transcript.Duration);
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

    private void Account(Exchange exchange, long fileBytes, double? duration)
    {
        TimeSpan? length =
            duration is { } seconds and >= 0 and < 1e8 ? TimeSpan.FromSeconds(seconds)
            : call.Rate is { } rate && fileBytes > 0 ? rate.Of(fileBytes)
            : null;
        exchange.Meter.Speech = new SpeechUsage(length, fileBytes, Characters: 0, AudioOut: null);
    }
}
