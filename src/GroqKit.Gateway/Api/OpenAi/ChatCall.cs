using System.Net.Http.Headers;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>A chat: the caller's own bytes go to whoever serves it, whole or as a stream.</summary>
internal sealed class ChatCall(ChatCallParts parts, PooledBody body, ChatRequest chat) : ForwardedCall
{
    private bool _bodyGone;

    public override ServiceKind Service => ServiceKind.Llm;

    public override bool CanBeSentAgain => !_bodyGone;

    public override async Task AskAsync(Attempt attempt)
    {
        Exchange exchange = attempt.Exchange;
        ModelRoute route = attempt.Route;
        TimeSpan? patience =
            !attempt.More ? null
            : chat.Stream ? parts.Deadlines.FirstOutput
            : parts.Deadlines.WholeAnswer;
        using HttpResponseMessage answer = await parts.Upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.ChatAddress,
            route.Provider,
            chat.HasUnshared ? Fitted(exchange, route) : Content(route),
            chat.Stream,
            exchange.Lifetime,
            patience
        );
        attempt.Lane?.Note(answer.Headers);
        if (IsEventStream(answer.Content.Headers))
            await parts.Streams.RunAsync(attempt, answer, patience, this);
        else
            await parts.WholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
    }

    public override async Task BreakOffAsync(Exchange exchange, GatewayException failure)
    {
        exchange.Meter.Settle(failure.Outcome, exchange.Response.StatusCode, failure.Error.Code);
        byte[] last = ErrorAnswer.ToEvent(failure, exchange.Meter.RequestId);
        await exchange.Response.BodyWriter.WriteAsync(last, exchange.Context.RequestAborted);
        throw new AnswerCutException(failure);
    }

    /// <summary>The answer begins to leave.</summary>
    public void Committed()
    {
        // A long stream doesn't keep a long request in memory, unless it may have to be sent again.
        _bodyGone = true;
        body.Dispose();
    }

    // Rare enough to be taken apart: parameters that one provider has and another refuses.
    private HttpContent Fitted(Exchange exchange, ModelRoute route)
    {
        IReadOnlyList<ParameterRule> rules = ParameterTable.Of(route.Provider, Operation.Chat);
        JsonRequest request = JsonRequest.Read(body.Memory);
        var edits = new JsonEdits(request);
        IReadOnlyList<string> changes = ParameterFit.Apply(request, edits, rules);
        DroppedHeader.Tell(exchange.Response, changes);
        if (changes.Count == 0)
            return Content(route);
        if (route.Renamed)
            edits.Set("model", route.ModelJson.Span);
        foreach ((string name, string json) in route.Defaults?.Values ?? [])
        {
            if (!request.Members.Any(member => member.Name == name))
                edits.Set(name, System.Text.Encoding.UTF8.GetBytes(json));
        }
        return edits.ToContent(body);
    }

    private SplicedContent Content(ModelRoute route)
    {
        ReadOnlyMemory<byte> added = route.Defaults?.MissingFrom(body.Span) ?? default;
        if (!chat.HasModel)
            added = (byte[])[.. "\"model\":"u8, .. route.ModelJson.Span, (byte)',', .. added.Span];
        return new SplicedContent(
            body,
            added,
            route.Renamed && chat.HasModel ? chat.ModelValue : 0..0,
            chat.HasModel ? route.ModelJson : default
        );
    }

    private static bool IsEventStream(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
