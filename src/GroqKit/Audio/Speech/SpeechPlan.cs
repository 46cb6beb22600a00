using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Audio;

/// <summary>A request as it will be served: checked, replaced where it named what is no more, and cut into pieces.</summary>
internal sealed class SpeechPlan
{
    private SpeechPlan(SpeechRequest request, IReadOnlyList<GroqWarning> warnings, IReadOnlyList<string> pieces)
    {
        Request = request;
        Warnings = warnings;
        Pieces = pieces;
    }

    public SpeechRequest Request { get; }

    public IReadOnlyList<GroqWarning> Warnings { get; }

    public IReadOnlyList<string> Pieces { get; }

    /// <exception cref="GroqValidationException">The request cannot succeed.</exception>
    public static SpeechPlan For(SpeechRequest request, bool firstSentenceAlone)
    {
        ArgumentNullException.ThrowIfNull(request);
        (request, IReadOnlyList<GroqWarning> warnings) = RetiredVoices.Replace(request);
        SpeechRules.Check(request);
        int length = SpeechRules.PieceLength(request);
        IReadOnlyList<string> pieces =
            request.Input.Length <= length
                ? [request.Input]
                : SpeechTextCutter.Cut(request.Input, length, firstSentenceAlone);
        SpeechRules.CheckJoinable(request, pieces.Count);
        return new SpeechPlan(request, warnings, pieces);
    }

    /// <summary>The request for one piece.</summary>
    public SpeechRequest ForPiece(int piece) => Pieces.Count == 1 ? Request : Request with { Input = Pieces[piece] };

    public static byte[] Body(SpeechRequest request) => RequestJson.Write(request, GroqJson.Context.SpeechRequest);

    public static CallSubject Subject(SpeechRequest request) =>
        new(TextToSpeechOperation.Instance, request.Model, RequestSize.Of(request.Input), request);

    /// <summary>Says which piece failed; null where there is only one, or where it is no failure of a call.</summary>
    public GroqSpeechException? Failure(int piece, Exception error, ReadOnlyMemory<byte> audio) =>
        Pieces.Count > 1 && error is GroqException known ? new(piece, Pieces, audio, known) : null;

    public static GroqServerException NotSound(InvalidDataException error, ResponseMetadata metadata) =>
        new(
            $"The server's answer is not the audio that was asked for. {error.Message}",
            new ErrorDetails { Status = metadata.Status, RequestId = metadata.RequestId },
            error
        )
        {
            Attempts = metadata.Attempts,
        };
}
