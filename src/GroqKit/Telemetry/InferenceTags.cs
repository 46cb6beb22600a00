using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GroqKit.Telemetry;

/// <summary>What every GenAI metric of a call is tagged with.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InferenceTags(
    string Operation,
    string? RequestModel,
    string? ResponseModel,
    string ServerAddress,
    int ServerPort
)
{
    public TagList List
    {
        get
        {
            var tags = new TagList
            {
                { GenAiNames.OperationName, Operation },
                { GenAiNames.ProviderName, GenAiNames.Provider },
                { GenAiNames.ServerAddress, ServerAddress },
                { GenAiNames.ServerPort, ServerPort },
            };
            if (RequestModel is not null)
                tags.Add(GenAiNames.RequestModel, RequestModel);
            if (ResponseModel is not null)
                tags.Add(GenAiNames.ResponseModel, ResponseModel);
            return tags;
        }
    }
}
