using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Json;

/// <summary>Calls whose request and answer are one JSON object in every provider's words: embeddings, reranking.</summary>
internal sealed class PlainCalls(
    JsonRoute route,
    UpstreamClient upstream,
    Deadlines deadlines,
    WholeAnswerRelay wholeAnswers
) : JsonKind
{
    public override IReadOnlyList<FieldRule> Fields => route.Fields;

    public override void Check(in JsonCall call)
    {
        if (call.Route.Choice is { } choice)
            throw RequestErrors.WrongValue(
                "model",
                $"is '{choice.Name}', of whose models only calls for chat find one; name the model itself"
            );
    }

    public override CallNeeds Account(Exchange exchange, in JsonCall call)
    {
        long promptBytes = call.Request.Find(route.Input)!.Value.Value.Length;
        exchange.Meter.PromptBytes = promptBytes;
        return new CallNeeds(promptBytes, MaxCompletionTokens: 0, Choices: 1);
    }

    public override ForwardedCall Forward(in JsonCall call) => new Forwarded(this, call);

    private async Task AskAsync(Attempt attempt, JsonCall call)
    {
        (Exchange exchange, ModelRoute serving, UpstreamLane? lane, bool more) = attempt;
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            serving.Provider.AddressOf(route.Path),
            serving.Provider,
            call.For(exchange, serving, route.Operation).ToContent(call.Body),
            stream: false,
            exchange.Lifetime,
            more ? deadlines.WholeAnswer : null
        );
        lane?.Note(answer.Headers);
        await wholeAnswers.RunAsync(exchange, answer, serving.Provider.Name);
    }

    private sealed class Forwarded(PlainCalls kind, JsonCall call) : ForwardedCall
    {
        public override ServiceKind Service => kind.Service;

        public override Task AskAsync(Attempt attempt) => kind.AskAsync(attempt, call);
    }
}
