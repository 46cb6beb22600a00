using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Chat.Wire;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Chat;

/// <summary><c>POST chat/completions</c>, whole and streamed.</summary>
internal sealed class ChatEndpoint(ChatAnswers answers, ModelFaults faults, RateLimiter limiter, Speed usual)
    : IApiEndpoint
{
    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            ChatRequest request = ChatRequestReader.Read(root);
            exchange.Record?.SetModel(request.Model);
            if (await faults.ApplyAsync(exchange, request.Model))
                return;
            request.Words = exchange.Words;
            await AnswerAsync(exchange, request);
        }
    }

    private async Task AnswerAsync(Exchange exchange, ChatRequest request)
    {
        (Model model, int promptTokens) = answers.Check(request);
        IHeaderDictionary headers = exchange.Http.Request.Headers;
        var pace = new Pace(SimHeaders.Speed(headers, usual), exchange.Time);
        int? length = SimHeaders.AnswerTokens(headers);
        RateAccount? account = limiter.Admit(exchange, model, new RateCost(promptTokens));
        ChatAnswer answer = AnswerComposer.Compose(request, model, promptTokens, length);
        account?.Settle(answer.Tokens.Completion);
        account?.WriteHeaders(exchange.Http.Response.Headers);
        ApiError? failure = JsonFailure.Of(request, answer);
        AnswerFrame frame = answers.Frame(request, model, answer, exchange.Id);
        if (request.Stream)
        {
            using var sse = new SseWriter(exchange);
            await new AnswerStream(exchange, sse, frame, pace, request.IncludeUsage, failure).SendAsync();
            return;
        }

        await pace.WaitAsync(pace.Ahead(Math.Max(0, answer.Tokens.Completion - 1)), exchange.Gone);
        if (failure is not null)
            throw new ApiException(failure);
        await exchange.SendJsonAsync(json => CompletionWriter.Write(json, frame));
    }
}
