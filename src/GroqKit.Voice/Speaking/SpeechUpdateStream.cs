using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Speaking;

/// <summary>The bytes of spoken updates as a stream, read forward only.</summary>
internal sealed class SpeechUpdateStream(
    TextToSpeechResponseUpdate first,
    IAsyncEnumerator<TextToSpeechResponseUpdate> rest,
    Action<TextToSpeechResponseUpdate> seen
) : Stream
{
    private TextToSpeechResponseUpdate? _update = first;
    private int _content;
    private int _offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_update is not null)
        {
            while (_content < _update.Contents.Count)
            {
                if (_update.Contents[_content] is DataContent { Data: var data } && _offset < data.Length)
                {
                    int count = Math.Min(buffer.Length, data.Length - _offset);
                    data.Slice(_offset, count).CopyTo(buffer);
                    _offset += count;
                    return count;
                }
                _content++;
                _offset = 0;
            }
            _content = 0;
            _update = await rest.MoveNextAsync().ConfigureAwait(false) ? rest.Current : null;
            if (_update is not null)
                seen(_update);
        }
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
