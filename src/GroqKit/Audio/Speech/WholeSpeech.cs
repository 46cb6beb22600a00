using System.Buffers;
using System.Runtime.InteropServices;
using GroqKit.Http;
using GroqKit.Raw;

namespace GroqKit.Audio;

/// <summary>Speaks the pieces of a text, some at a time, and joins them in order. For one run.</summary>
internal sealed class WholeSpeech(GroqHttp http, Uri address, SpeechPlan plan)
{
    private readonly ArrayBufferWriter<byte> _file = new();
    private PieceJoiner? _joiner;
    private ResponseMetadata _metadata = ResponseMetadata.None;

    public async Task<SpeechAudio> RunAsync(CallOptions? options, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<RawResponse>>();
        int started = 0;
        int piece = 0;
        try
        {
            for (; piece < plan.Pieces.Count; piece++)
            {
                for (; started < plan.Pieces.Count && underWay.Count <= plan.Request.PiecesAhead; started++)
                    underWay.Enqueue(SendAsync(plan.ForPiece(started), options, stop.Token));
                Append(await underWay.Peek().ConfigureAwait(false));
                _ = underWay.Dequeue();
            }
            return new SpeechAudio(Finish(), plan, _joiner?.Wav, _metadata);
        }
        catch (Exception error)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (plan.Failure(piece, error, Finish()) is { } failure)
                throw failure;
            throw;
        }
    }

    private Task<RawResponse> SendAsync(
        SpeechRequest request,
        CallOptions? options,
        CancellationToken cancellationToken
    ) =>
        http.SendForBytesAsync(
            address,
            SpeechPlan.Body(request),
            options,
            SpeechPlan.Subject(request),
            cancellationToken
        );

    private void Append(RawResponse answer)
    {
        if (_joiner is null)
        {
            _joiner = PieceJoiner.For(answer.Body.Span, plan.Request.ResponseFormat, plan.Pieces.Count);
            _metadata = answer.Metadata;
        }
        _joiner.BeginPiece();
        try
        {
            ReadOnlyMemory<byte> sound = _joiner.Take(answer.Body);
            if (sound.IsEmpty)
                throw new InvalidDataException("It holds no sound.");
            _file.Write(sound.Span);
        }
        catch (InvalidDataException error)
        {
            throw SpeechPlan.NotSound(error, answer.Metadata);
        }
    }

    // All lengths are known by now, whatever the server's header said.
    private Memory<byte> Finish()
    {
        Memory<byte> file = MemoryMarshal.AsMemory(_file.WrittenMemory);
        if (_joiner?.Wav is { } format && !file.IsEmpty)
            new WavHeader(format, file.Length - WavHeader.LengthFor(format)).ToArray().CopyTo(file.Span);
        return file;
    }
}
