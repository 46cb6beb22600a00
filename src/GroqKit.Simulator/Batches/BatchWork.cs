using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Chat;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Faults.Effects;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Batches;

/// <summary>Answers one line of a batch the way its endpoint would, scenarios included, apart from the rate limits.</summary>
internal sealed class BatchWork(ModelCatalog models, ChatAnswers chat, ScenarioBoard scenarios, FaultDraw draw)
{
    public (int Status, byte[] Body) Answer(BatchLine line, string requestId)
    {
        try
        {
            Field root = JsonBody.Parse(line.Body, out JsonDocument document);
            using (document)
            {
                string model = root.Require("model").Text();
                ScenarioStep? step =
                    scenarios.Take(line.Url, model: null, line.Body) ?? scenarios.Take(line.Url, model, line.Body);
                CheckFaults(ModelFaults.In(model).Concat(step?.Faults ?? []));
                return step?.Reply is { IsJson: true } reply
                    ? (reply.Status, reply.Body.ToArray())
                    : (StatusCodes.Status200OK, Body(line, root, requestId, step?.Words));
            }
        }
        catch (ApiException exception)
        {
            return (
                exception.Error.Status,
                JsonBuffer.Write(json => ErrorWriter.Write(json, exception.Error, inStream: false)).ToArray()
            );
        }
    }

    private byte[] Body(BatchLine line, Field root, string requestId, ScriptedWords? words)
    {
        if (line.Url is "/v1/chat/completions")
            return chat.Complete(root, requestId, words);
        bool translates = line.Url is "/v1/audio/translations";
        TranscriptionRequest request = TranscriptionRequest.Read(root, file: null, translates);
        TranscriptionEndpoint.Resolve(models, request, translates);
        Hearing hearing = Hearing.Of(request.Audio, request.Source, words?.Text);
        return JsonBuffer
            .Write(json => TranscriptWriter.Write(json, request, hearing, translates, requestId))
            .ToArray();
    }

    /// <summary>Of the faults that a line may meet, only errors make sense where there is no connection.</summary>
    private void CheckFaults(IEnumerable<ArmedFault> faults)
    {
        foreach (ArmedFault fault in faults)
        {
            if (draw.Meets(fault.Percent) && fault.Start() is StatusFault { Error: var error })
                throw new ApiException(error);
        }
    }
}
