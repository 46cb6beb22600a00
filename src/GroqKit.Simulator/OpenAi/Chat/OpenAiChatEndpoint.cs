using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary><c>POST chat/completions</c>, whole and streamed.</summary>
internal sealed class OpenAiChatEndpoint(ModelFaults faults, RateLimiter limiter, Speed usual) : IApiEndpoint
{
    public const string Stand = "gpt-4.1-mini";

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            OpenAiChatRequest request = OpenAiChatReader.Read(root);
            exchange.Record?.SetModel(request.Chat.Model);
            if (await faults.ApplyAsync(exchange, request.Chat.Model))
                return;
            request.Chat.Words = exchange.Words;
            await AnswerAsync(exchange, request);
        }
    }

    private async Task AnswerAsync(Exchange exchange, OpenAiChatRequest request)
    {
        ChatRequest chat = request.Chat;
        OpenAiModel model = OpenAiCatalog.Resolve(chat.Model, Stand, "chat");
        OpenAiModelRules.Check(request, model);
        int promptTokens = PromptTokens.Count(chat);
        if (promptTokens > model.Model.ContextWindow)
            throw new ApiException(ApiErrors.ContextLengthExceeded());
        var pace = new Pace(SimHeaders.Speed(exchange.Http.Request.Headers, usual), exchange.Time);
        int? length = SimHeaders.AnswerTokens(exchange.Http.Request.Headers);
        RateAccount? account = limiter.Admit(exchange, model.Model, new RateCost(promptTokens));
        OpenAiFrame frame = Frame(exchange, request, model, promptTokens, length);
        account?.Settle(frame.Tokens.Completion);
        account?.WriteHeaders(exchange.Http.Response.Headers);
        if (chat.Stream)
        {
            using var sse = new SseWriter(exchange);
            await new OpenAiChatStream(exchange, sse, frame, pace).SendAsync();
            return;
        }

        await pace.WaitAsync(pace.Ahead(Math.Max(0, frame.Tokens.Completion - 1)), exchange.Gone);
        await exchange.SendJsonAsync(json => OpenAiCompletionWriter.Write(json, frame));
    }

    private static OpenAiFrame Frame(
        Exchange exchange,
        OpenAiChatRequest request,
        OpenAiModel model,
        int promptTokens,
        int? length
    )
    {
        ulong hash = request.Chat.Hash;
        List<ChatAnswer> answers = [];
        for (int i = 0; i < request.Count; i++)
        {
            request.Chat.Hash = hash + (ulong)i;
            answers.Add(CallIds.Renamed(AnswerComposer.Compose(request.Chat, model.Model, promptTokens, length), hash));
        }

        return new OpenAiFrame(
            $"chatcmpl-{Identifiers.Request(hash)[4..]}",
            exchange.Time.GetUtcNow().ToUnixTimeSeconds(),
            model.Snapshot,
            Identifiers.Fingerprint(model.Id),
            answers,
            request.Chat is { Stream: true, IncludeUsage: true },
            request.Obfuscates
        );
    }
}
