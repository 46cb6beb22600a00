using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Spoken turns of an agent: what the caller says comes in, what is answered goes out as events or as sound.</summary>
internal sealed class VoiceCalls(
    Router router,
    VoiceStages stages,
    VoiceConversations conversations,
    RunningTurns running,
    ITurnTimes times,
    TimeProvider time
)
{
    public const string AgentValue = "agent";
    public const string TurnValue = "turn";

    public async Task HandleAsync(Exchange exchange)
    {
        HttpContext context = exchange.Context;
        string agent = (string)context.Request.RouteValues[AgentValue]!;
        VoiceModels models = VoiceModels.OfAgent(router, exchange.Caller, agent);
        exchange.Meter.Agent = agent;
        exchange.Meter.Streamed = true;
        // A caller who is still speaking sends no faster than speech.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } pace)
            pace.MinDataRate = null;
        VoiceRequest request = await VoiceRequest.ReadAsync(context.Request, exchange.Lifetime.Token);
        VoiceOutput output = VoiceOutput.Choose(context.Request, request["format"]);
        if (request.Input.Audio is not null && models.Hearing is null)
            throw RequestErrors.WrongValue("agent", $"names '{agent}', which has no speech to text");
        if (output.SoundOnly && models.Speaking is null)
            throw RequestErrors.WrongValue("agent", $"names '{agent}', which has no text to speech");
        await RunAsync(exchange, request, models, output);
    }

    /// <summary>Ends a turn that runs, because its caller speaks again.</summary>
    public async Task InterruptAsync(Exchange exchange)
    {
        string id = (string)exchange.Request.RouteValues[TurnValue]!;
        string played = exchange.Request.Query["played_ms"].ToString();
        TimeSpan? heard = null;
        if (played.Length > 0)
        {
            if (!int.TryParse(played, System.Globalization.CultureInfo.InvariantCulture, out int ms) || ms < 0)
                throw RequestErrors.WrongValue("played_ms", "must be a whole number of milliseconds");
            heard = TimeSpan.FromMilliseconds(ms);
        }
        VoiceTurn turn = running.Find(exchange.Caller.Id, id) ?? throw RequestErrors.NotFound("running turn", id);
        await turn.InterruptAsync(heard);
        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status204NoContent);
    }

    private async Task RunAsync(Exchange exchange, VoiceRequest request, VoiceModels models, VoiceOutput output)
    {
        var account = new TurnAccount();
        (VoiceClients clients, ProviderSet set) = stages.Create(
            models,
            VoiceStages.IdentityOf(exchange.Request, exchange.Request.Headers.Authorization.ToString(), models),
            account
        );
        using ProviderSet kept = set;
        var pipeline = new VoicePipeline(
            VoiceStages.With(clients, request["language"], request["voice"]),
            new VoiceOptions { Output = output.Format },
            time
        );
        (string, string, string)? conversation = exchange.Meter.Conversation is { } name
            ? (exchange.Caller.Tenant, exchange.Caller.Id, $"{exchange.Meter.Agent}/{name}")
            : null;
        List<ChatMessage> history = [];
        if (request["instructions"] is { Length: > 0 } instructions)
            history.Add(new ChatMessage(ChatRole.System, instructions));
        if (conversation is { } earlier)
            history.AddRange(conversations.Find(earlier));
        VoiceTurn turn = pipeline.Start(request.Input, history, TurnId(request["turn"]), exchange.Lifetime.Token);
        await using (turn)
        {
            if (!running.TryAdd(exchange.Caller.Id, turn))
                throw RequestErrors.Taken("turn", "turn", turn.Id);
            exchange.Meter.BeginWait();
            try
            {
                await output.WriteAsync(exchange, turn, account, time);
            }
            finally
            {
                exchange.Meter.EndWait();
                running.Remove(exchange.Caller.Id, turn);
            }
            await turn.InterruptAsync();
            times.Record(turn.Timings, request.Input.Audio is not null);
            if (conversation is { } id && turn.Messages.Count > 0)
                conversations.Add(
                    id,
                    turn.Messages,
                    exchange.Meter.EndUser is { } user ? Erasure.NameOf(exchange.Caller.Tenant, user) : null
                );
        }
    }

    private static string? TurnId(string? given) =>
        given is null
        || given is { Length: > 0 and <= 64 }
            && given.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? given
            : throw RequestErrors.WrongValue("turn", "must be 1 to 64 letters, digits, dashes or underscores");
}
