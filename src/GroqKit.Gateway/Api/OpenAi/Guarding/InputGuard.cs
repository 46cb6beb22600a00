using System.Text;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Privacy.Detection;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Screening;
using GroqKit.Gateway.Services.Translation;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.OpenAi.Guarding;

/// <summary>
/// Stands between a caller's words and whoever gets them: takes invisible characters out, masks or refuses personal data, has the input screened,
/// and puts the caller's own values back into the answer. Calls with nothing to do don't come here.
/// </summary>
internal sealed class InputGuard(
    PrivacyOptions options,
    PersonalDataScanner scanner,
    Screener screener,
    IKeptBodies kept,
    TimeProvider time
)
{
    // Longer answers aren't kept.
    private const int MaxKept = 1024 * 1024;

    /// <summary>Whether a call has to come here.</summary>
    public bool Concerns(ModelRoute route, ReadOnlySpan<byte> body) =>
        route.Guard is not null || (options.Sanitises && InvisibleText.MayBeIn(body));

    /// <param name="exchange">The call.</param>
    /// <param name="call">What was asked.</param>
    /// <param name="next">Goes on with what may leave.</param>
    /// <param name="isSpoken">Whether it is read out.</param>
    /// <exception cref="GatewayException">It may not.</exception>
    public Task RunAsync(Exchange exchange, JsonCall call, Func<JsonCall, Task> next, bool isSpoken = false) =>
        Concerns(call.Route, call.Body.Span)
            ? RunAsync(
                exchange,
                call.Route,
                call.Body,
                body =>
                    next(
                        ReferenceEquals(body, call.Body)
                            ? call
                            : call with
                            {
                                Body = body,
                                Request = JsonRequest.Read(body.Memory),
                            }
                    ),
                isSpoken
            )
            : next(call);

    /// <param name="exchange">The call.</param>
    /// <param name="route">Where it leads.</param>
    /// <param name="body">The request, known to be well-formed.</param>
    /// <param name="next">Goes on with what may leave.</param>
    /// <param name="isSpoken">Whether it is read out.</param>
    /// <exception cref="GatewayException">It may not.</exception>
    public async Task RunAsync(
        Exchange exchange,
        ModelRoute route,
        PooledBody body,
        Func<PooledBody, Task> next,
        bool isSpoken = false
    )
    {
        var masks = new Masks(placeholder => body.Span.IndexOf(Encoding.ASCII.GetBytes(placeholder)) >= 0);
        InputTexts usual = TextsOf(route.Guard, masks);
        ITextChange texts =
            isSpoken && route.Guard is ({ Masks: true } or { MaskAnswers: true }) ? new SpokenTexts(usual) : usual;
        byte[]? changed = JsonTexts.Rewrite(body.Span, texts);
        using PooledBody? rewritten = changed is null ? null : PooledBody.Copy(changed);
        PooledBody sent = rewritten ?? body;
        if (route.Guard?.Screening is { } rule)
            await ScreenAsync(exchange, rule, route.Agent, sent);
        await AnswerAsync(exchange, route, masks, sent, () => next(sent));
    }

    /// <summary>The same for a form, whose fields are texts.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="route">Where it leads.</param>
    /// <param name="next">Goes on; gets what has to be done with a field's value, by the field's name.</param>
    public Task RunFormAsync(Exchange exchange, ModelRoute route, Func<Func<string, string, string>?, Task> next)
    {
        if (route.Guard is null && !options.Sanitises)
            return next(null);
        // What stands behind a long file is not known yet; no caller's own text has such words in it.
        var masks = new Masks(_ => false);
        InputTexts texts = TextsOf(route.Guard, masks);
        return AnswerAsync(
            exchange,
            route,
            masks,
            sent: null,
            () => next((value, name) => texts.Change(value, name, isJson: false) ?? value)
        );
    }

    /// <summary>The same for the lines of a file that a provider is to keep.</summary>
    /// <param name="rule">What is done with personal data; null where nothing is.</param>
    /// <param name="longest">The longest line, in bytes.</param>
    /// <returns>Makes what is done to the file, for every attempt to send it, and tells what is masked; null where the file goes as it is.</returns>
    public Func<Action<LineMasks>?, MaskedLines>? LinesFor(CallGuard? rule, int longest) =>
        rule is { Masks: true } or { Refuses: true }
            ? masked => new MaskedLines(scanner, rule, options.Sanitises, longest, masked)
            : null;

    /// <summary>The same for the fields of the form that such a file comes in.</summary>
    public Func<string, string, string>? FieldsFor(CallGuard? rule)
    {
        if (rule is null && !options.Sanitises)
            return null;
        InputTexts texts = TextsOf(rule, new Masks(_ => false));
        return (value, name) => texts.Change(value, name, isJson: false) ?? value;
    }

    /// <summary>The same for a JSON body that no model reads, and whose answer doesn't repeat it.</summary>
    /// <returns>Null when nothing had to be changed.</returns>
    public PooledBody? Change(CallGuard? rule, PooledBody body) =>
        JsonTexts.Rewrite(body.Span, TextsOf(rule, new Masks(_ => false))) is { } changed
            ? PooledBody.Copy(changed)
            : null;

    private InputTexts TextsOf(CallGuard? guard, Masks masks) =>
        new(
            options.Sanitises,
            guard is { Masks: true } or { Refuses: true } ? new TextMasker(scanner, masks) : null,
            guard is { Refuses: true }
        );

    private async Task ScreenAsync(Exchange exchange, AgentScreening rule, Agent? agent, PooledBody body)
    {
        ScreeningVerdict verdict;
        try
        {
            verdict = await screener.ScreenAsync(rule, body.Memory, exchange.Meter, agent, exchange.Lifetime);
        }
        catch (GatewayException failed) when (failed.Failure is not null || failed.Error.Status >= 500)
        {
            if (rule.Action == ScreeningActions.Refuse)
                throw GuardErrors.ScreeningUnavailable(failed);
            verdict = new ScreeningVerdict(rule, Score: null);
        }
        exchange.Meter.Screening = verdict.ToString();
        if (verdict.IsBad && rule.Action == ScreeningActions.Refuse)
            throw GuardErrors.Screened(InputText.FieldOf(body.Span), exchange.Meter.Screening);
        if (rule.Action == ScreeningActions.Flag && (verdict.IsBad || verdict.Score is null))
            exchange.Response.Headers[GatewayHeaders.Screening] = exchange.Meter.Screening;
    }

    private async Task AnswerAsync(Exchange exchange, ModelRoute route, Masks masks, PooledBody? sent, Func<Task> next)
    {
        bool masksAnswers = route.Guard?.MaskAnswers is true;
        bool keeps = sent is not null && route.Guard?.KeepDays > 0;
        // What a form masks is known only while it is sent.
        bool edits = masksAnswers || !masks.IsEmpty || (sent is null && route.Guard?.Masks is true);
        if (!edits && !keeps)
        {
            await next();
            return;
        }
        IFeatureCollection features = exchange.Context.Features;
        IHttpResponseBodyFeature own = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        // What is masked only here is not to come back.
        var texts = new AnswerTexts(masks, masksAnswers ? new TextMasker(scanner, new Masks(masks.Knows)) : null);
        AnswerEditor? editor = edits ? new AnswerEditor(exchange.Response, own, texts) : null;
        IHttpResponseBodyFeature outer = editor ?? own;
        ResponseTap? tap = keeps ? new ResponseTap(exchange.Response, outer, MaxKept) : null;
        features.Set(tap ?? outer);
        try
        {
            await next();
            if (editor is not null)
                await editor.EndAsync(exchange.Lifetime.Token);
        }
        finally
        {
            features.Set(own);
        }
        if (tap?.Copy is { } answer)
            await KeepAsync(exchange, route, sent!, answer);
    }

    private Task KeepAsync(Exchange exchange, ModelRoute route, PooledBody sent, byte[] answer)
    {
        DateTimeOffset now = time.GetUtcNow();
        return kept.KeepAsync(
            new KeptBody
            {
                RequestId = exchange.Meter.RequestId,
                Tenant = exchange.Caller.Tenant,
                Agent = route.Agent!.Name,
                EndUser = exchange.Meter.EndUser,
                At = exchange.Meter.StartedAt,
                ExpiresAt = now.AddDays(route.Guard!.KeepDays),
                Request = Encoding.UTF8.GetString(sent.Span),
                Answer = exchange.Response.ContentType?.StartsWith("audio/", StringComparison.Ordinal) is true
                    ? ""
                    : Encoding.UTF8.GetString(answer),
            },
            CancellationToken.None
        );
    }
}
