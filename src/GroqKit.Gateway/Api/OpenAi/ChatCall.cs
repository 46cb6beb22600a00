using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers.Fallback.Chat;
using ChatRequest = GroqKit.Gateway.Services.Chat.ChatRequest;
using ProviderKind = GroqKit.Gateway.Services.Providers.ProviderKind;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>A chat: the caller's own bytes go to whoever serves it, whole or as a stream.</summary>
internal sealed class ChatCall(ChatCallParts parts, PooledBody body, ChatRequest chat, BreakMode onBreak)
    : ForwardedCall
{
    private StreamEditor? _editor;
    private ModelRoute? _asked;
    private ModelRoute? _serving;
    private string _part = "";
    private bool _bodyGone;
    private bool _more;
    private bool _goneOn;
    private string _requestId = "";

    public override ServiceKind Service => ServiceKind.Llm;

    public override bool CanBeSentAgain => !_bodyGone;

    /// <summary>How many answers the caller wants.</summary>
    public int Choices => chat.Choices;

    /// <summary>How many pieces of output have to be there before the first is passed on.</summary>
    public int Hold => onBreak == BreakMode.Hold ? parts.Deadlines.HoldTokens : 1;

    /// <summary>The longest silence after the first words; null for the usual one, where nobody can go on.</summary>
    public TimeSpan? Gap => _more && onBreak is BreakMode.Continue or BreakMode.Restart ? parts.Deadlines.Gap : null;

    public override bool HasGoneOn => _goneOn;

    public override async Task AskAsync(Attempt attempt)
    {
        Exchange exchange = attempt.Exchange;
        ModelRoute route = attempt.Route;
        _asked = route;
        _more = attempt.More;
        _requestId = exchange.Meter.RequestId;
        if (chat.Stream && (TurnsUsageOn(route) || onBreak is BreakMode.Continue or BreakMode.Restart))
            _editor ??= new StreamEditor(chat.Usage.IsOn, remembers: onBreak == BreakMode.Continue);
        TimeSpan? patience =
            !attempt.More ? null
            : chat.Stream ? parts.Deadlines.FirstOutput
            : parts.Deadlines.WholeAnswer;
        using HttpResponseMessage answer = await parts.Upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.ChatAddress,
            route.Provider,
            ContentFor(exchange, route),
            chat.Stream,
            exchange.Lifetime,
            patience
        );
        attempt.Lane?.Note(answer.Headers);
        bool isStream = IsEventStream(answer.Content.Headers);
        if (isStream && chat.Stream)
            await parts.Streams.RunAsync(attempt, answer, patience, this);
        // Events to who waits for an object, or an object in the middle of a stream.
        else if (isStream || exchange.Response.HasStarted)
            throw UpstreamErrors.Malformed(route.Provider.Name);
        else
            await parts.WholeAnswers.RunChatAsync(
                exchange,
                answer,
                route.Provider.Name,
                patience,
                chat.Stream ? chat.Usage : null
            );
    }

    public override bool TryResume(ModelRoute next, GatewayException broken)
    {
        if (_editor is null || _serving is null)
            return false;
        _goneOn = false;
        byte[] announcement = SwitchEvent.Write(
            onBreak,
            _serving,
            next,
            broken.Error.Code,
            _requestId,
            parts.Time.GetUtcNow()
        );
        if (onBreak == BreakMode.Restart)
        {
            _editor.Restart(announcement);
            return true;
        }
        string part = _editor.Delivered.Text;
        if (_editor.Delivered.HasMore || (part.Length > 0 && !CanContinue(next)))
            return false;
        _part = part;
        _editor.Continue(announcement);
        return true;
    }

    public override async Task BreakOffAsync(Exchange exchange, GatewayException failure)
    {
        exchange.Meter.Settle(failure.Outcome, exchange.Response.StatusCode, failure.Error.Code);
        byte[] last = ErrorAnswer.ToEvent(failure, exchange.Meter.RequestId);
        await exchange.Response.BodyWriter.WriteAsync(last, exchange.Context.RequestAborted);
        throw new AnswerCutException(failure);
    }

    /// <summary>What is sent in place of whole events; most streams pass as they are.</summary>
    /// <param name="events">What the provider sent.</param>
    /// <param name="usage">The usage that it has told of so far.</param>
    public ReadOnlyMemory<byte> Edit(ReadOnlyMemory<byte> events, TokenUsage usage)
    {
        _serving = _asked;
        _goneOn = true;
        if (!usage.IsEmpty)
            _editor ??= new StreamEditor(chat.Usage.IsOn, remembers: false);
        return _editor?.Edit(events.Span) ?? events;
    }

    /// <summary>The answer begins to leave.</summary>
    public void Committed()
    {
        // A long stream doesn't keep a long request in memory, unless it may have to be sent again.
        if (_more && onBreak is BreakMode.Continue or BreakMode.Restart)
            return;
        _bodyGone = true;
        body.Dispose();
    }

    private HttpContent ContentFor(Exchange exchange, ModelRoute route)
    {
        Splice[] splices = Splices(route);
        return chat.HasUnshared ? Fitted(exchange, route, splices) : new SplicedContent(body, splices);
    }

    // Rare enough to be taken apart: parameters that one provider has and another refuses.
    private HttpContent Fitted(Exchange exchange, ModelRoute route, Splice[] splices)
    {
        JsonRequest request = JsonRequest.Read(Splice.Apply(body.Span, splices));
        var edits = new JsonEdits(request);
        IReadOnlyList<string> changes = ParameterFit.Apply(
            request,
            edits,
            ParameterTable.Of(route.Provider, Operation.Chat)
        );
        // Whoever goes on with a broken stream comes too late for headers.
        if (!exchange.Response.HasStarted)
            DroppedHeader.Tell(exchange.Response, changes);
        return edits.ToContent(body);
    }

    private static bool CanContinue(ModelRoute route) =>
        Continuation.IsPossible(
            route.Provider.Kind == ProviderKind.Groq
                ? GroqKit.Providers.ProviderKind.Groq
                : GroqKit.Providers.ProviderKind.OpenAI,
            route.Provider.BaseAddress.Host,
            ModelCatalog.Default.Find(route.Model)?.Supports(ModelCapability.Reasoning) is true
        );

    // Groq tells in every stream; others only those who ask.
    private bool TurnsUsageOn(ModelRoute route) => !chat.Usage.IsOn && route.Provider.Kind == ProviderKind.OpenAi;

    private Splice[] Splices(ModelRoute route)
    {
        // The usual call: nothing to change, nothing to allocate.
        if (route is { Renamed: false, Defaults: null } && !(chat.Stream && TurnsUsageOn(route)) && _part.Length == 0)
            return [];
        int inside = body.Span.IndexOf((byte)'{') + 1;
        var splices = new List<Splice>();
        if (route.Defaults?.MissingFrom(body.Span) is { Length: > 0 } added)
            splices.Add(new Splice(inside, inside, added));
        if (!chat.HasModel)
            splices.Add(new Splice(inside, inside, (byte[])[.. "\"model\":"u8, .. route.ModelJson.Span, (byte)',']));
        else if (route.Renamed)
            splices.Add(new Splice(chat.ModelValue.Start.Value, chat.ModelValue.End.Value, route.ModelJson));
        if (chat.Stream && TurnsUsageOn(route))
            splices.Add(chat.Usage.TurnOn(inside));
        if (_part.Length > 0)
            splices.Add(new Splice(chat.MessagesEnd, chat.MessagesEnd, PartMessage()));
        return [.. splices.OrderBy(splice => splice.Start)];
    }

    private byte[] PartMessage()
    {
        var text = JsonEncodedText.Encode(_part, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return [.. ",{\"role\":\"assistant\",\"content\":\""u8, .. text.EncodedUtf8Bytes, .. "\"}"u8];
    }

    private static bool IsEventStream(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
