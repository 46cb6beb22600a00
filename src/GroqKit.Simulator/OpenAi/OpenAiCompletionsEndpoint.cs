using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Chat;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi;

/// <summary><c>POST completions</c>, the form from before chat, whole and streamed; one prompt, one answer.</summary>
internal sealed class OpenAiCompletionsEndpoint(ModelFaults faults, RateLimiter limiter) : IApiEndpoint
{
    private const int UsualTokens = 16;

    private static readonly string[] WithoutEffect =
    [
        "best_of",
        "echo",
        "logprobs",
        "suffix",
        "temperature",
        "top_p",
        "frequency_penalty",
        "presence_penalty",
        "logit_bias",
        "user",
    ];

    private static readonly string[] Shared = ["model", "max_tokens", "stop", "seed", "stream", "stream_options"];

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            ChatRequest request = Read(root);
            exchange.Record?.SetModel(request.Model);
            if (await faults.ApplyAsync(exchange, request.Model))
                return;
            request.Words = exchange.Words;
            OpenAiModel model = OpenAiCatalog.Resolve(request.Model, "gpt-3.5-turbo-instruct", "completion");
            int promptTokens = TokenRule.Count(request.Prompt);
            RateAccount? account = limiter.Admit(exchange, model.Model, new RateCost(promptTokens));
            ChatAnswer answer = AnswerComposer.Compose(request, model.Model, promptTokens, answerTokens: null);
            account?.Settle(answer.Tokens.Completion);
            account?.WriteHeaders(exchange.Http.Response.Headers);
            long created = exchange.Time.GetUtcNow().ToUnixTimeSeconds();
            var head = (Id: $"cmpl-{Identifiers.Request(request.Hash)[4..]}", created, request.Model, answer);
            if (!request.Stream)
            {
                await exchange.SendJsonAsync(json =>
                    Write(json, head, answer.Content ?? "", answer.FinishReason, withUsage: true)
                );
                return;
            }

            using var sse = new SseWriter(exchange);
            await SendAsync(exchange, sse, head, request.IncludeUsage);
        }
    }

    private static ChatRequest Read(Field root)
    {
        var request = new ChatRequest { Hash = StableHash.Of(root.Value, "stream", "stream_options") };
        root.Require("model");
        Field prompt = root.Require("prompt");
        string text = prompt.IsText ? prompt.Text() : prompt.Items(1, 1).Single().Text();
        request.Messages = [new ChatMessage("user", text, 0, 0)];
        foreach (Field field in root.Properties())
        {
            if (field.IsNull || field.Name is "prompt")
                continue;
            if (field.Name is "n")
                field.Integer(1, 1);
            else if (Shared.Contains(field.Name))
                ChatRequestRules.All[field.Name].Read(request, field);
            else if (!WithoutEffect.Contains(field.Name))
                throw OpenAiWire.Unrecognized(field.Name);
        }

        request.MaxTokens ??= UsualTokens;
        return request;
    }

    private static async Task SendAsync(
        Exchange exchange,
        SseWriter sse,
        (string Id, long Created, string Model, ChatAnswer Answer) head,
        bool includeUsage
    )
    {
        int sent = 0;
        foreach (string piece in TokenRule.Pieces(head.Answer.Content))
        {
            if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Content, sent++))
                return;
            sse.WriteEvent((head, piece), static (json, state) => Write(json, state.head, state.piece, null, false));
        }

        if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Closing, sent))
            return;
        sse.WriteEvent(
            (head, includeUsage),
            static (json, state) => Write(json, state.head, "", state.head.Answer.FinishReason, state.includeUsage)
        );
        if (!await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Done, sent))
            sse.WriteDone();
        await sse.FlushAsync();
        await exchange.Http.Response.CompleteAsync();
    }

    private static void Write(
        Utf8JsonWriter json,
        (string Id, long Created, string Model, ChatAnswer Answer) head,
        string text,
        string? finishReason,
        bool withUsage
    )
    {
        json.WriteStartObject();
        json.WriteString("id"u8, head.Id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, head.Created);
        json.WriteString("model"u8, head.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteNumber("index"u8, 0);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (withUsage)
        {
            json.WritePropertyName("usage"u8);
            OpenAiCompletionWriter.WriteUsage(json, head.Answer.Tokens);
        }

        json.WriteEndObject();
    }
}
