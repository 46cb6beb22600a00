using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Chat.Wire;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Scenarios;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat;

/// <summary>From a chat request to its answer, wherever the request came from: over HTTP, from a line of a batch, or as a response.</summary>
internal sealed class ChatAnswers(SimulatorOptions options, ModelCatalog models)
{
    /// <summary>The model, after everything that can be wrong with asking it this.</summary>
    /// <exception cref="ApiException">The model cannot serve the request.</exception>
    public (Model Model, int PromptTokens) Check(ChatRequest request)
    {
        Model model = models.Resolve(request.Model);
        ModelRules.Check(request, model, options.RateLimits);
        int promptTokens = PromptTokens.Count(request);
        return promptTokens <= (model.ContextWindow ?? int.MaxValue)
            ? (model, promptTokens)
            : throw new ApiException(ApiErrors.ContextLengthExceeded());
    }

    public AnswerFrame Frame(ChatRequest request, Model model, ChatAnswer answer, string requestId)
    {
        // Its own dice, so that ids do not depend on how much was rolled for the text.
        var dice = new Dice(~request.Hash);
        return new AnswerFrame(
            $"chatcmpl-{Identifiers.Uuid(dice)}",
            requestId,
            options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(),
            Identifiers.Fingerprint(model.Id),
            request.Seed ?? dice.Roll(int.MaxValue),
            model,
            answer
        );
    }

    /// <summary>A whole completion as JSON.</summary>
    /// <inheritdoc cref="Check"/>
    public byte[] Complete(Field root, string requestId, ScriptedWords? words)
    {
        ChatRequest request = ChatRequestReader.Read(root);
        request.Words = words;
        (Model model, int promptTokens) = Check(request);
        ChatAnswer answer = AnswerComposer.Compose(request, model, promptTokens, answerTokens: null);
        if (JsonFailure.Of(request, answer) is { } failure)
            throw new ApiException(failure);
        AnswerFrame frame = Frame(request, model, answer, requestId);
        return JsonBuffer.Write(json => CompletionWriter.Write(json, frame)).ToArray();
    }
}
