using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Translation.Responses;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;
using ProviderKind = GroqKit.Gateway.Services.Providers.ProviderKind;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>A response from whichever provider serves.</summary>
internal sealed class ResponseAttempts(ResponseParts parts, JsonCall call) : ForwardedCall
{
    private readonly bool _stream = call.Request.IsTrue("stream");

    public override ServiceKind Service => ServiceKind.Llm;

    public override async Task AskAsync(Attempt attempt)
    {
        Provider provider = attempt.Route.Provider;
        if (provider.Kind == ProviderKind.OpenAi && parts.IsChatOnly(provider.BaseAddress))
        {
            await AskChatAsync(attempt);
            return;
        }
        try
        {
            await AskAsItIsAsync(attempt);
        }
        catch (GatewayException failure) when (HasNoSuchPath(provider, failure))
        {
            await AskChatAsync(attempt);
            // Only now: the model could have been missing all the same.
            parts.RememberChatOnly(provider.BaseAddress);
        }
    }

    public override async Task BreakOffAsync(Exchange exchange, GatewayException failure)
    {
        exchange.Meter.Settle(failure.Outcome, exchange.Response.StatusCode, failure.Error.Code);
        var data = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(data))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "error"u8);
            json.WriteString("code"u8, failure.Error.Code);
            json.WriteString("message"u8, failure.Error.Message);
            json.WriteString("param"u8, failure.Error.Param);
            json.WriteString("request_id"u8, exchange.Meter.RequestId);
            json.WriteEndObject();
        }
        await exchange.Response.BodyWriter.WriteAsync(
            (byte[])[.. "event: error\ndata: "u8, .. data.WrittenSpan, .. "\n\n"u8],
            exchange.Context.RequestAborted
        );
        throw new AnswerCutException(failure);
    }

    private static bool HasNoSuchPath(Provider provider, GatewayException failure) =>
        provider.Kind == ProviderKind.OpenAi
        && failure.Failure == ProviderFailure.ModelUnavailable
        && failure.ProviderBody.Span.IndexOf("model_not_found"u8) < 0
        && failure.ProviderBody.Span.IndexOf("model_decommissioned"u8) < 0;

    private async Task AskAsItIsAsync(Attempt attempt)
    {
        (Exchange exchange, ModelRoute route, UpstreamLane? lane, bool more) = attempt;
        JsonEdits edits = call.For(exchange, route, Operation.Responses);
        // OpenAI keeps answers unless it is told not to; others could then read them by their ids.
        if (route.Provider.Kind == ProviderKind.OpenAi || call.Request.IsTrue("store"))
            edits.Set("store", "false"u8);
        TimeSpan? patience = Patience(more);
        using HttpResponseMessage answer = await parts.Upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.AddressOf("responses"),
            route.Provider,
            edits.ToContent(call.Body),
            _stream,
            exchange.Lifetime,
            patience
        );
        lane?.Note(answer.Headers);
        if (HasEvents(answer, route))
            await parts.Events.RunAsync(attempt, answer, patience, new ResponseEvents(route.Provider.Name));
        else
            await parts.WholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
    }

    private async Task AskChatAsync(Attempt attempt)
    {
        (Exchange exchange, ModelRoute route, UpstreamLane? lane, bool more) = attempt;
        // Only for what an agent's settings add: they are the agent's for all chats.
        JsonRequest request = call.For(exchange, route, Operation.Responses).ToRequest();
        (byte[] chat, IReadOnlyList<string> dropped) = ResponseToChat.Write(request, route.Model);
        DroppedHeader.Tell(exchange.Response, dropped);
        TimeSpan? patience = Patience(more);
        using HttpResponseMessage answer = await parts.Upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.ChatAddress,
            route.Provider,
            new ByteArrayContent(chat) { Headers = { { "Content-Type", "application/json" } } },
            _stream,
            exchange.Lifetime,
            patience
        );
        lane?.Note(answer.Headers);
        var frame = new ResponseFrame(
            "resp_" + exchange.Meter.RequestId[(exchange.Meter.RequestId.IndexOf('_', StringComparison.Ordinal) + 1)..],
            route.Model,
            parts.Time.GetUtcNow().ToUnixTimeSeconds(),
            call.Request
        );
        var translation = new ChatAsResponse(route.Provider.Name, frame);
        if (HasEvents(answer, route))
        {
            await parts.Events.RunAsync(attempt, answer, patience, translation);
            return;
        }
        using PooledBody body = await parts.Upstream.ReadWholeAsync(answer, route.Provider.Name, exchange.Lifetime);
        translation.TakeWhole(body.Memory);
        exchange.Meter.OutputBegan();
        exchange.Meter.Reported = translation.Usage;
        exchange.Meter.FinishReason = translation.FinishReason;
        exchange.Meter.CompletionBytes = body.Memory.Length;
        await JsonAnswer.WriteAsync(exchange, json => frame.Write(json, isBegun: false));
    }

    private TimeSpan? Patience(bool more) =>
        !more ? null
        : _stream ? parts.Deadlines.FirstOutput
        : parts.Deadlines.WholeAnswer;

    // Who waits for events can't read an object, nor the other way round.
    private bool HasEvents(HttpResponseMessage answer, ModelRoute route) =>
        BytesRelay.TypeOf(answer, "").StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == _stream
            ? _stream
            : throw UpstreamErrors.Malformed(route.Provider.Name);
}
