using System.Text.Json;
using GroqKit.Simulator.Chat;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Responses;

/// <summary><c>POST responses</c>, whole and streamed; nothing is kept between requests.</summary>
internal sealed class ResponsesEndpoint(ChatAnswers answers, ModelFaults faults, RateLimiter limiter, Speed usual)
    : IApiEndpoint
{
    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            ResponseRequest request = ResponseRequestReader.Read(root);
            exchange.Record?.SetModel(request.Chat.Model);
            if (await faults.ApplyAsync(exchange, request.Chat.Model))
                return;
            request.Chat.Words = exchange.Words;
            await AnswerAsync(exchange, request);
        }
    }

    private async Task AnswerAsync(Exchange exchange, ResponseRequest request)
    {
        (Model model, int promptTokens) = answers.Check(request.Chat);
        IHeaderDictionary headers = exchange.Http.Request.Headers;
        var pace = new Pace(SimHeaders.Speed(headers, usual), exchange.Time);
        int? length = SimHeaders.AnswerTokens(headers);
        RateAccount? account = limiter.Admit(exchange, model, new RateCost(promptTokens));
        ChatAnswer answer = AnswerComposer.Compose(request.Chat, model, promptTokens, length);
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
}
