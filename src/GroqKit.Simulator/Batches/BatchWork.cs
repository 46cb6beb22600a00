using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Chat;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Faults.Effects;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.Batches;

/// <summary>Answers one line of a batch the way its endpoint would, apart from the rate limits.</summary>
internal sealed class BatchWork(ModelCatalog models, ChatAnswers chat)
{
    public (int Status, byte[] Body) Answer(BatchLine line, string requestId)
    {
        try
        {
            Field root = JsonBody.Parse(line.Body, out JsonDocument document);
            using (document)
            {
                CheckFaults(root);
                return (StatusCodes.Status200OK, Body(line, root, requestId));
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

    private byte[] Body(BatchLine line, Field root, string requestId)
    {
        if (line.Url is "/v1/chat/completions")
            return chat.Complete(root, requestId);
        bool translates = line.Url is "/v1/audio/translations";
        TranscriptionRequest request = TranscriptionRequest.Read(root, file: null, translates);
        TranscriptionEndpoint.Resolve(models, request, translates);
        Hearing hearing = Hearing.Of(request.Audio, request.Source);
        return JsonBuffer
            .Write(json => TranscriptWriter.Write(json, request, hearing, translates, requestId))
            .ToArray();
    }

    /// <summary>Of the faults that a model's name may ask for, only errors make sense where there is no connection.</summary>
    private static void CheckFaults(Field root)
    {
        foreach (ArmedFault fault in ModelFaults.In(root.Require("model").Text()))
        {
            if (fault.Start() is StatusFault { Error: var error })
                throw new ApiException(error);
        }
    }
}
