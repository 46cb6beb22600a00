using System.Globalization;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>What callers do with a turn that is there: go on with its events, ask what came of it, give it what their tools gave, interrupt it.</summary>
internal sealed class VoiceTurnCalls(VoiceDelivery delivery, RunningTurns running, KeptTurns kept, EndedTurns ended)
{
    private const string Played = "played_ms";
    private const string LastEvent = "Last-Event-ID";
    private const string Output = "output";

    /// <summary>Goes on with the events of a turn whose connection broke, or tells what came of it.</summary>
    public Task FindAsync(Exchange exchange)
    {
        TurnName name = NameOf(exchange);
        var output = VoiceOutput.ChooseAfterwards(exchange.Request);
        return output.Form == VoiceForm.Result ? TellAsync(exchange, name) : ResumeAsync(exchange, name, output);
    }

    /// <summary>Ends a turn that runs, because its caller speaks again.</summary>
    public async Task InterruptAsync(Exchange exchange)
    {
        TurnName name = NameOf(exchange);
        StringValues given = exchange.Request.Query[Played];
        if (given.Count > 1)
            throw RequestErrors.Duplicate(Played);
        string played = given.ToString();
        TimeSpan? heard = null;
        if (played.Length > 0)
        {
            if (!int.TryParse(played, NumberStyles.None, CultureInfo.InvariantCulture, out int ms))
                throw RequestErrors.WrongValue(Played, "must be a whole number of milliseconds");
            heard = TimeSpan.FromMilliseconds(ms);
        }
        TurnRecord turn = running.Find(name) ?? throw RequestErrors.NotFound("running turn", name.Id);
        await turn.Turn.InterruptAsync(heard);
        Done(exchange);
    }

    /// <summary>Takes the result of a tool that the caller was asked to run.</summary>
    public async Task AnswerToolAsync(Exchange exchange)
    {
        TurnName name = NameOf(exchange);
        string call = (string)exchange.Request.RouteValues[VoiceCalls.CallValue]!;
        string output = await ReadOutputAsync(exchange);
        TurnRecord turn = running.Find(name) ?? throw RequestErrors.NotFound("running turn", name.Id);
        if (!turn.Turn.AnswerTool(call, output))
            throw RequestErrors.NotFound("call of a tool that waits for its result", call);
        Done(exchange);
    }

    private static async Task<string> ReadOutputAsync(Exchange exchange)
    {
        using PooledBody body = await VoiceBody.ReadAsync(exchange);
        string? output = null;
        foreach (JsonMember member in JsonRequest.Read(body.Memory).Members)
        {
            // A model reads text; what a tool gives is often JSON.
            output =
                member.Name == Output ? member.Text ?? member.Json : throw RequestErrors.Unknown(member.Name, [Output]);
        }
        return output ?? throw RequestErrors.Missing(Output);
    }

    private static void Done(Exchange exchange)
    {
        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status204NoContent);
    }

    private async Task ResumeAsync(Exchange exchange, TurnName name, VoiceOutput output)
    {
        exchange.Meter.Streamed = true;
        string last = exchange.Request.Headers[LastEvent].ToString();
        long after = -1;
        if (last.Length > 0 && !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw RequestErrors.WrongValue("last-event-id", "must be the number of an event");
        KeptTurn turn = kept.Find(name) ?? throw RequestErrors.NotFound("turn that is kept", name.Id);
        await delivery.GiveAsync(exchange, output, turn.Record, leaving => turn.Open(after, leaving));
    }

    private async Task TellAsync(Exchange exchange, TurnName name)
    {
        byte[] json =
            (running.Find(name) is { } live ? VoiceJson.ResultOf(live) : ended.Find(name))
            ?? throw RequestErrors.NotFound("turn that runs or ended within the last minute", name.Id);
        HttpResponse response = exchange.Response;
        response.Headers[GatewayHeaders.Turn] = name.Id;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        await response.BodyWriter.WriteAsync(json, exchange.Lifetime.Token);
    }

    private static TurnName NameOf(Exchange exchange)
    {
        var agent = (string)exchange.Request.RouteValues[VoiceCalls.AgentValue]!;
        exchange.Meter.Agent = agent;
        return new TurnName(exchange.Caller.Id, agent, (string)exchange.Request.RouteValues[VoiceCalls.TurnValue]!);
    }
}
