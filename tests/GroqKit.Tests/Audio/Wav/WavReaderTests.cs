using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14", "CL-15")]
public sealed class WavReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_cannot_seek_is_read_to_its_end()
    {
        byte[] file = WavBytes.Riff(
            uint.MaxValue,
            WavBytes.Format(1, 2, 8000, 16),
            WavBytes.Chunk("data", WavBytes.Bytes(1, 2, 3, 4, 5), uint.MaxValue)
        );
        await using WavReader reader = await WavReader.OpenAsync(new SlicedStream(file, 3), cancellationToken: Token);

        reader.DataLength.ShouldBeNull();
        reader.Duration.ShouldBeNull();
        short[] samples = new short[7];
        int first = await reader.ReadSamplesAsync(samples, Token);

        first.ShouldBe(4, "half a frame at the end is dropped");
        samples[..4].ShouldBe([1, 2, 3, 4]);
        (await reader.ReadSamplesAsync(samples, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_seekable_stream_corrects_a_length_that_cannot_be_true()
    {
        byte[] file = WavBytes.Riff(
            uint.MaxValue,
            WavBytes.Format(1, 1, 4, 16),
            WavBytes.Chunk("data", WavBytes.Bytes(1, 2, 3, 4), uint.MaxValue)
        );
        await using WavReader reader = await WavReader.OpenAsync(new MemoryStream(file), cancellationToken: Token);

        reader.DataLength.ShouldBe(8);
        reader.Duration.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Chunks_after_the_sound_are_not_read_as_sound()
    {
        byte[] file = WavBytes.Riff(
            null,
            WavBytes.Format(1, 1, 8000, 16),
            WavBytes.Chunk("data", WavBytes.Bytes(1, 2)),
            WavBytes.Chunk("LIST", new byte[100])
        );
        await using WavReader reader = await WavReader.OpenAsync(new SlicedStream(file, 5), cancellationToken: Token);

        byte[] all = await ReadAll(reader);

        all.ShouldBe(WavBytes.Bytes(1, 2));
    }

    [Fact]
    public async Task The_stream_is_closed_with_the_reader_unless_told_otherwise()
    {
        byte[] file = WavBytes.Pcm16(8000, 1);
        var closed = new MemoryStream(file);
        var open = new MemoryStream(file);

        await (await WavReader.OpenAsync(closed, cancellationToken: Token)).DisposeAsync();
        await (await WavReader.OpenAsync(open, leaveOpen: true, Token)).DisposeAsync();

        closed.CanRead.ShouldBeFalse();
        open.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_ends_in_its_header_is_refused()
    {
        byte[] file = WavBytes.Pcm16(8000, 1)[..40];

        var error = await Should.ThrowAsync<InvalidDataException>(() =>
            WavReader.OpenAsync(new MemoryStream(file), cancellationToken: Token)
        );

        error.Message.ShouldContain("ends before its sound begins");
    }

    [Fact]
    public void Any_slicing_of_a_file_gives_the_same_header_and_sound()
    {
        byte[] file = WavBytes.Riff(
            null,
            WavBytes.Chunk("LIST", "odd"u8.ToArray()),
            WavBytes.Chunk("bare", "odd"u8.ToArray(), pad: false),
            WavBytes.Format(0xFFFE, 1, 8000, 16, [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, .. new byte[14]]),
            WavBytes.Chunk("fact", new byte[4]),
            WavBytes.Chunk("data", WavBytes.Bytes(1, 2, 3))
        );

        Prop.ForAll<PositiveInt[]>(slices =>
            {
                var parser = new WavHeaderParser();
                int position = 0;
                foreach (int size in Sizes(slices))
                {
                    int length = Math.Min(size, file.Length - position);
                    position += parser.Consume(file.AsSpan(position, length));
                    if (parser.Header is not null)
                        break;
                }
                return parser.Header == new WavHeader(WavFormat.Pcm16(8000), 6) && position == file.Length - 6;
            })
            .QuickCheckThrowOnFailure();
    }

    private static IEnumerable<int> Sizes(PositiveInt[]? slices)
    {
        foreach (PositiveInt slice in slices ?? [])
            yield return slice.Get;
        while (true)
            yield return 1;
    }

    private static async Task<byte[]> ReadAll(WavReader reader)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[7];
        int read;
        while ((read = await reader.ReadAsync(buffer, Token)) > 0)
            all.Write(buffer, 0, read);
        return all.ToArray();
    }
}
