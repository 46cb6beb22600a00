using System.Diagnostics;
using GroqKit.Audio;

namespace GroqKit.Telemetry;

/// <summary>Describes speech on spans.</summary>
internal sealed class TextToSpeechOperation : OperationKind
{
    private TextToSpeechOperation()
        : base(GenAiNames.Operations.TextToSpeech, isInference: true) { }

    public static TextToSpeechOperation Instance { get; } = new();

    public override void DescribeRequest(Activity activity, object request, SpanStyle style)
    {
        var speech = (SpeechRequest)request;
        activity.Put(GenAiNames.Groq.UsageCharacters, speech.Input.Length);
        if (!style.GenAi)
            return;
        activity.Put(GenAiNames.OutputType, "speech");
        Set(activity, GenAiNames.Speech.Voice, speech.Voice.Value);
    }
}
