using System.Buffers;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Tests.Services.Forwarding;

[Requirement("GW-02")]
public sealed class PooledBodyTests
{
    [Fact]
    public async Task Memory_that_is_still_being_sent_is_not_given_to_anyone_else()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(100_000);
        rented.AsSpan(0, 100_000).Fill((byte)'a');
        var body = new PooledBody(rented, 100_000);
        var content = new SplicedContent(body);
        var slow = new SlowStream();

        Task sending = content.CopyToAsync(slow, TestContext.Current.CancellationToken);
        body.Dispose();
        body.Dispose();
        byte[] next = ArrayPool<byte>.Shared.Rent(100_000);
        next.ShouldNotBeSameAs(rented);
        slow.Release.SetResult();
        await sending;

        slow.Received.ShouldAllBe(b => b == 'a');
        body.TryHold().ShouldBeFalse();
        await Should.ThrowAsync<HttpRequestException>(() =>
            content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(3, 6, "XY", "abcXYghi")]
    [InlineData(0, 9, "", "")]
    [InlineData(9, 9, "Z", "abcdefghiZ")]
    [InlineData(0, 0, "", "abcdefghi")]
    public async Task One_stretch_is_replaced(int start, int end, string insert, string expected)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(16);
        "abcdefghi"u8.CopyTo(rented);
        using var body = new PooledBody(rented, 9);
        using var content = new SplicedContent(
            body,
            new Splice(start, end, System.Text.Encoding.UTF8.GetBytes(insert))
        );

        (await content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(expected);
        content.Headers.ContentLength.ShouldBe(expected.Length);
    }

    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[] Received { get; private set; } = [];

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await Release.Task.WaitAsync(cancellationToken);
            Received = [.. Received, .. buffer.ToArray()];
        }
    }
}
