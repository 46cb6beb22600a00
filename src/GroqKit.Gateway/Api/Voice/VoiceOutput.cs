using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>How a turn is given to its caller: as server-sent events, or as sound alone.</summary>
/// <param name="SoundOnly">Whether nothing but sound is wanted.</param>
/// <param name="Format">The form of the sound.</param>
internal sealed record VoiceOutput(bool SoundOnly, SoundFormat Format)
{
    /// <exception cref="GatewayException">There is no such form of sound.</exception>
    public static VoiceOutput Choose(HttpRequest request, string? format)
    {
        string accept = request.Headers.Accept.ToString().Split(',')[0].Trim();
        bool sound = accept.StartsWith("audio/", StringComparison.OrdinalIgnoreCase);
        string? wanted =
            format ?? (sound && !accept.StartsWith("audio/*", StringComparison.OrdinalIgnoreCase) ? accept : null);
        if (wanted is null)
            return new VoiceOutput(
                sound,
                sound ? SoundFormat.Default with { Coding = SoundCoding.Wav } : SoundFormat.Default
            );
        return SoundFormat.TryParse(wanted, out SoundFormat known)
            ? new VoiceOutput(sound, known)
            : throw RequestErrors.WrongValue(
                format is null ? "accept" : "format",
                "must be pcm16, wav or mulaw, with a rate from 8000 to 48000 behind it: pcm_16000"
            );
    }

    /// <summary>Gives the events of a turn to the caller and settles the call's account.</summary>
    /// <exception cref="GatewayException">It failed before anything was given.</exception>
    /// <param name="exchange">The call.</param>
    /// <param name="turn">The turn's name.</param>
    /// <param name="happening">Its events.</param>
    /// <param name="account">What it uses.</param>
    /// <param name="time">The clock.</param>
    public async Task WriteAsync(
        Exchange exchange,
        string turn,
        IAsyncEnumerable<VoiceEvent> happening,
        TurnAccount account,
        TimeProvider time
    )
    {
        HttpResponse response = exchange.Response;
        response.Headers[GatewayHeaders.Turn] = turn;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.ContentType = SoundOnly ? Format.MediaType : "text/event-stream";
        var held = new List<VoiceEvent>();
        VoiceException? failure = null;
        await using var giver = new VoiceGiver(exchange, SoundOnly, account, time);
        await foreach (VoiceEvent happened in happening)
        {
            failure = (happened as TurnFailed)?.Error ?? failure;
            if (happened is AudioDelta)
                exchange.Meter.OutputBegan();
            // Nothing is said before it is known whether there is something to say: an early failure keeps its status.
            if (!response.HasStarted)
            {
                if (failure is not null)
                    throw VoiceErrors.Of(failure);
                held.Add(happened);
                if (SoundOnly ? happened is not AudioDelta : happened is TurnStarted)
                    continue;
                foreach (VoiceEvent earlier in held)
                    await giver.GiveAsync(earlier);
                held.Clear();
                continue;
            }
            await giver.GiveAsync(happened);
        }
        Settle(exchange, failure);
    }

    private void Settle(Exchange exchange, VoiceException? failure)
    {
        if (exchange.Lifetime.Reason is { } reason)
            exchange.Meter.Settle(reason, exchange.Response.StatusCode);
        else if (failure is null)
            exchange.Meter.Settle(Outcome.Completed, exchange.Response.StatusCode);
        else
        {
            exchange.Meter.Settle(VoiceErrors.Of(failure).Outcome, exchange.Response.StatusCode, failure.Code);
            // Sound has no place for an error; that it is cut off is the error.
            if (SoundOnly)
                exchange.Context.Abort();
        }
    }
}
