using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Translation.Completions;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Completions;

/// <summary>A completion from whichever provider serves.</summary>
internal sealed class CompletionAttempts(
    UpstreamClient upstream,
    Deadlines deadlines,
    WholeAnswerRelay wholeAnswers,
    EventRelay events,
    TimeProvider time,
    JsonCall call
) : ForwardedCall
{
    private readonly bool _stream = call.Request.IsTrue("stream");

    public override ServiceKind Service => ServiceKind.Llm;

    public override async Task AskAsync(Attempt attempt)
    {
        (Exchange exchange, ModelRoute route, UpstreamLane? lane, bool more) = attempt;
        TimeSpan? patience =
            !more ? null
            : _stream ? deadlines.FirstOutput
            : deadlines.WholeAnswer;
        bool isChat = route.Provider.Kind == ProviderKind.Groq;
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            isChat ? route.Provider.ChatAddress : route.Provider.AddressOf(JsonRoute.Completions.Path),
            route.Provider,
            isChat
                ? ChatContent(exchange, route)
                : call.For(exchange, route, Operation.Completions).ToContent(call.Body),
            _stream,
            exchange.Lifetime,
            patience
        );
        lane?.Note(answer.Headers);
        bool isEvents = BytesRelay
            .TypeOf(answer, "")
            .StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
        if (isEvents != _stream)
            throw UpstreamErrors.Malformed(route.Provider.Name);
        if (isChat)
            await RelayChatAsync(attempt, answer, patience, isEvents);
        else if (isEvents)
            await events.RunAsync(attempt, answer, patience, new PassedEvents(route.Provider.Name));
        else
            await wholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
    }

    public override async Task BreakOffAsync(Exchange exchange, GatewayException failure)
    {
        exchange.Meter.Settle(failure.Outcome, exchange.Response.StatusCode, failure.Error.Code);
        byte[] last = ErrorAnswer.ToEvent(failure, exchange.Meter.RequestId);
        await exchange.Response.BodyWriter.WriteAsync(last, exchange.Context.RequestAborted);
        throw new AnswerCutException(failure);
    }

    private ByteArrayContent ChatContent(Exchange exchange, ModelRoute route)
    {
        JsonRequest request = call.For(exchange, route, Operation.Completions).ToRequest();
        (byte[] chat, IReadOnlyList<string> dropped) = CompletionToChat.Write(request, route.Model);
        DroppedHeader.Tell(exchange.Response, dropped);
        return new ByteArrayContent(chat) { Headers = { { "Content-Type", "application/json" } } };
    }

    private async Task RelayChatAsync(Attempt attempt, HttpResponseMessage answer, TimeSpan? patience, bool isEvents)
    {
        (Exchange exchange, ModelRoute route, _, _) = attempt;
        string id = exchange.Meter.RequestId;
        bool wantsUsage =
            call.Request.Find("stream_options") is { } options
            && JsonRequest.Read(options.Value).IsTrue("include_usage");
        var translation = new ChatAsCompletion(
            route.Provider.Name,
            "cmpl-" + id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..],
            route.Model,
            time.GetUtcNow().ToUnixTimeSeconds(),
            wantsUsage
        );
        if (isEvents)
        {
            await events.RunAsync(attempt, answer, patience, translation);
            return;
        }
        using PooledBody body = await upstream.ReadWholeAsync(answer, route.Provider.Name, exchange.Lifetime);
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new System.Text.Json.Utf8JsonWriter(written))
            translation.WriteWhole(json, body.Memory);
        exchange.Meter.OutputBegan();
        exchange.Meter.Reported = translation.Usage;
        exchange.Meter.FinishReason = translation.FinishReason;
        exchange.Meter.CompletionBytes = body.Memory.Length;
        await JsonAnswer.WriteAsync(exchange, written.WrittenMemory, "application/json");
    }
}
