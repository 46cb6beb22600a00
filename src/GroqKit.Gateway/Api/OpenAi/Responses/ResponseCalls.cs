using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>The Responses API: passed through where the provider has it, worded as a chat where it doesn't.</summary>
internal sealed class ResponseCalls(ResponseParts parts) : JsonKind
{
    public override IReadOnlyList<FieldRule> Fields => ResponseRequest.Fields;

    public override bool IsChat => true;

    public override void Check(in JsonCall call) => ResponseRequest.RefuseMemory(call.Request);

    public override CallNeeds Account(Exchange exchange, in JsonCall call)
    {
        long promptBytes =
            call.Request.Find("input")!.Value.Value.Length + (call.Request.Find("instructions")?.Value.Length ?? 0);
        exchange.Meter.PromptBytes = promptBytes;
        return new CallNeeds(promptBytes, call.Count("max_output_tokens"), Choices: 1);
    }

    public override ForwardedCall Forward(in JsonCall call) => new ResponseAttempts(parts, call);
}
