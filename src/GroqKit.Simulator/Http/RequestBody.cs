using System.Buffers;
using System.IO.Pipelines;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Http;

/// <summary>A request's whole body in one piece of rented memory.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <exception cref="ApiException">The body is longer than <paramref name="limit"/> bytes.</exception>
    public async ValueTask ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            throw new ApiException(ApiErrors.BodyTooLarge(limit));
        if (request.ContentLength is 0)
            return;
        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            long total = _length + result.Buffer.Length;
            if (total > limit)
                throw new ApiException(ApiErrors.BodyTooLarge(limit));
            Reserve((int)Math.Max(total, request.ContentLength ?? 0));
            result.Buffer.CopyTo(_bytes.AsSpan(_length));
            _length = (int)total;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
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
