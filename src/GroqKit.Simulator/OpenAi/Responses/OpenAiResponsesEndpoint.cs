using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Chat;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Responses;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Responses;

/// <summary><c>POST responses</c>, whole and streamed; every model takes tools here, however much it reasons.</summary>
internal sealed class OpenAiResponsesEndpoint(ModelFaults faults, RateLimiter limiter, Speed usual) : IApiEndpoint
{
    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            ResponseRequest request = OpenAiResponseReader.Read(root);
            exchange.Record?.SetModel(request.Chat.Model);
            if (await faults.ApplyAsync(exchange, request.Chat.Model))
                return;
            request.Chat.Words = exchange.Words;
            await AnswerAsync(exchange, request);
        }
    }

    private async Task AnswerAsync(Exchange exchange, ResponseRequest request)
    {
        OpenAiModel model = Resolve(request.Chat.Model);
        CheckEffort(request, model);
        int promptTokens = PromptTokens.Count(request.Chat);
        var pace = new Pace(SimHeaders.Speed(exchange.Http.Request.Headers, usual), exchange.Time);
        int? length = SimHeaders.AnswerTokens(exchange.Http.Request.Headers);
        RateAccount? account = limiter.Admit(exchange, model.Model, new RateCost(promptTokens));
        ChatAnswer answer = CallIds.Renamed(
            AnswerComposer.Compose(request.Chat, model.Model, promptTokens, length),
            request.Chat.Hash
        );
        account?.Settle(answer.Tokens.Completion);
        account?.WriteHeaders(exchange.Http.Response.Headers);
        string id = $"resp_{Identifiers.Request(request.Chat.Hash)[4..]}";
        var frame = new ResponseFrame(id, exchange.Time.GetUtcNow().ToUnixTimeSeconds(), request, answer);
        if (request.Chat.Stream)
        {
            using var sse = new SseWriter(exchange);
            await new ResponseStream(exchange, sse, frame, pace).SendAsync();
            return;
        }

        await pace.WaitAsync(pace.Ahead(Math.Max(0, answer.Tokens.Completion - 1)), exchange.Gone);
        await exchange.SendJsonAsync(json => ResponseWriter.Write(json, frame));
    }

    /// <summary>An unknown model is 400 here, where chat answers 404.</summary>
    private static OpenAiModel Resolve(string name)
    {
        try
        {
            return OpenAiCatalog.Resolve(name, OpenAiChatEndpoint.Stand, "chat");
        }
        catch (ApiException exception) when (exception.Error.Status is StatusCodes.Status404NotFound)
        {
            throw new ApiException(exception.Error with { Status = StatusCodes.Status400BadRequest, Param = "model" });
        }
    }

    private static void CheckEffort(ResponseRequest request, OpenAiModel model)
    {
        if (request.Chat.ReasoningEffort is { } effort && !model.Model.ReasoningEfforts.Contains(effort))
            throw new ApiException(
                ApiErrors.Invalid(
                    $"Unsupported value: '{effort}' is not supported with the '{model.Id}' model.",
                    "reasoning.effort",
                    "unsupported_value"
                )
            );
        request.Chat.ReasoningEffort ??= model.DefaultEffort;
    }
}
