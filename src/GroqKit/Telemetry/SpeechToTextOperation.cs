using System.Diagnostics;
using GroqKit.Audio;

namespace GroqKit.Telemetry;

/// <summary>Describes transcriptions and translations on spans.</summary>
internal sealed class SpeechToTextOperation : OperationKind
{
    private SpeechToTextOperation()
        : base(GenAiNames.Operations.SpeechToText, isInference: true) { }

    public static SpeechToTextOperation Instance { get; } = new();

    public override void DescribeRequest(Activity activity, object request, SpanStyle style)
    {
        if (!style.GenAi)
            return;
        activity.Put(GenAiNames.OutputType, "text");
        Set(activity, GenAiNames.RequestTemperature, ((SpeechToTextRequest)request).Temperature);
        Set(activity, GenAiNames.Speech.InputLanguage, (request as TranscriptionRequest)?.Language);
    }

    public override void DescribeAnswer(Activity activity, object answer, SpanStyle style)
    {
        var heard = (Transcription)answer;
        SetRequestId(activity, heard.XGroq?.Id);
        Set(activity, GenAiNames.Groq.UsageAudioSeconds, heard.Duration);
    }
}
