using System.Buffers;
using System.IO.Pipelines;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;

namespace GroqKit.Simulator.Http;

/// <summary>A request's whole body in one piece of rented memory.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads it to its end; false when <paramref name="interfere"/>, asked after each piece and at the end, has taken over.</summary>
    /// <exception cref="ApiException">The body is longer than <paramref name="limit"/> bytes.</exception>
    public async ValueTask<bool> ReadAsync(
        HttpRequest request,
        int limit,
        Func<UploadMoment, ValueTask<bool>>? interfere,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > limit)
            throw new ApiException(ApiErrors.BodyTooLarge(limit));
        PipeReader reader = request.BodyReader;
        bool isComplete = request.ContentLength is 0;
        while (!isComplete)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            long total = _length + result.Buffer.Length;
            if (total > limit)
                throw new ApiException(ApiErrors.BodyTooLarge(limit));
            Reserve((int)Math.Max(total, request.ContentLength ?? 0));
            result.Buffer.CopyTo(_bytes.AsSpan(_length));
            int piece = (int)result.Buffer.Length;
            _length = (int)total;
            isComplete = result.IsCompleted;
            // A piece is taken from the line only when it has been let through: that is what holds the sender back.
            if (interfere is not null && await interfere(new UploadMoment(piece, total, isComplete)))
                return false;
            reader.AdvanceTo(result.Buffer.End);
        }

        return _length > 0 || interfere is null || !await interfere(new UploadMoment(0, 0, IsComplete: true));
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private void Reserve(int size)
    {
        if (size <= _bytes.Length)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, _bytes.Length * 2));
        Bytes.CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
