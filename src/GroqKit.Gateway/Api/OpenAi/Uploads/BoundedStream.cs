using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>A caller's body that may not be longer than its limit, however long it says it is.</summary>
internal sealed class BoundedStream(Stream body, long limit, string limitName) : PassingStream
{
    private long _read;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        return _read <= limit ? read : throw RequestErrors.TooLarge(limitName, limit);
    }
}
