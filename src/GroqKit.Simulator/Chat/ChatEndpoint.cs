using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Chat.Wire;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat;

/// <summary><c>POST chat/completions</c>, whole and streamed.</summary>
internal sealed class ChatEndpoint(SimulatorOptions options, ModelCatalog models, FaultBoard board, RateLimiter limiter)
    : IApiEndpoint
{
    private readonly Speed _speed = new(options.FirstToken, options.TokensPerSecond);

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            ChatRequest request = ChatRequestReader.Read(root);
            exchange.Record?.SetModel(request.Model);
            if (await ApplyFaultsAsync(exchange, request.Model))
                return;
            Model model = models.Resolve(request.Model);
            ModelRules.Check(request, model, options.RateLimits);
            await AnswerAsync(exchange, request, model);
        }
    }

    private async Task AnswerAsync(Exchange exchange, ChatRequest request, Model model)
    {
        int promptTokens = PromptTokens.Count(request);
        if (promptTokens > model.ContextWindow)
            throw new ApiException(ApiErrors.ContextLengthExceeded());
        RateAccount? account = limiter.Account(exchange.Key, model);
        ApiError? refused = account?.Admit(model.Id, promptTokens);
        IHeaderDictionary headers = exchange.Http.Request.Headers;
        Speed speed = SimHeaders.Speed(headers, _speed);
        int? length = SimHeaders.AnswerTokens(headers);
        if (refused is not null)
        {
            account!.WriteHeaders(exchange.Http.Response.Headers);
            throw new ApiException(refused);
        }

        ChatAnswer answer = AnswerComposer.Compose(request, model, promptTokens, length);
        account?.Settle(answer.Tokens.Completion);
        account?.WriteHeaders(exchange.Http.Response.Headers);
        AnswerFrame frame = Frame(exchange, request, model, answer);
        var pace = new Pace(speed, exchange.Time);
        if (request.Stream)
        {
            using var sse = new SseWriter(exchange);
            await new AnswerStream(exchange, sse, frame, pace, request.IncludeUsage).SendAsync();
            return;
        }

        await pace.WaitAsync(pace.Ahead(Math.Max(0, answer.Tokens.Completion - 1)), exchange.Gone);
        await exchange.SendJsonAsync(json => CompletionWriter.Write(json, frame));
    }

    private AnswerFrame Frame(Exchange exchange, ChatRequest request, Model model, ChatAnswer answer)
    {
        // Its own dice, so that ids do not depend on how much was rolled for the text.
        var dice = new Dice(~request.Hash);
        return new AnswerFrame(
            $"chatcmpl-{Identifiers.Uuid(dice)}",
            exchange.Id,
            options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Identifiers.Fingerprint(model.Id),
            request.Seed ?? dice.Roll(int.MaxValue),
            model,
            answer
        );
    }

    /// <summary>Faults that are set for the model, then those that its name asks for.</summary>
    private async ValueTask<bool> ApplyFaultsAsync(Exchange exchange, string model)
    {
        foreach (ArmedFault fault in board.Take(model).Concat(FaultsIn(model)))
        {
            if (await exchange.ApplyAsync(fault))
                return true;
        }

        return false;
    }

    private static IReadOnlyList<ArmedFault> FaultsIn(string model)
    {
        if (ModelCatalog.FaultIn(model) is not { } text)
            return [];
        try
        {
            return FaultParser.Parse(text);
        }
        catch (FaultSyntaxException exception)
        {
            throw new ApiException(ApiErrors.Invalid($"model: {exception.Message}", "model"));
        }
    }
}
