using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class WavWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_header_goes_out_first_and_is_corrected_at_the_end()
    {
        var file = new MemoryStream();
        await using (WavWriter writer = await WavWriter.CreateAsync(file, WavFormat.Pcm16(4), leaveOpen: true, Token))
        {
            file.Length.ShouldBe(44);
            BitConverter.ToUInt32(file.ToArray(), 40).ShouldBe(uint.MaxValue);
            await writer.WriteAsync(WavBytes.Bytes(1, 2, 3, 4), Token);
            writer.Duration.ShouldBe(TimeSpan.FromSeconds(1));
        }

        file.ToArray().ShouldBe(WavBytes.Pcm16(4, 1, 2, 3, 4));
    }

    [Fact]
    public async Task A_file_may_begin_in_the_middle_of_a_stream()
    {
        var file = new MemoryStream();
        file.Write([9, 9, 9]);
        await using (
            WavWriter writer = await WavWriter.CreateAsync(file, WavFormat.Pcm16(8000), leaveOpen: true, Token)
        )
            await writer.WriteAsync(WavBytes.Bytes(5), Token);

        file.ToArray()[3..].ShouldBe(WavBytes.Pcm16(8000, 5));
        file.Position.ShouldBe(file.Length);
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_keeps_its_placeholders()
    {
        var sink = new MemoryStream();
        await using (
            WavWriter writer = await WavWriter.CreateAsync(
                new ForwardOnlyStream(sink),
                WavFormat.Pcm16(8000),
                leaveOpen: true,
                Token
            )
        )
            await writer.WriteAsync(WavBytes.Bytes(5), Token);

        BitConverter.ToUInt32(sink.ToArray(), 40).ShouldBe(uint.MaxValue);
        WavAudio.Parse(sink.ToArray()).ToSamples().ShouldBe([5]);
    }

    [Fact]
    public async Task An_odd_number_of_bytes_is_padded_and_not_counted()
    {
        var file = new MemoryStream();
        var muLaw = new WavFormat(WavEncoding.MuLaw, 8000, 1, 8);
        await using (WavWriter writer = await WavWriter.CreateAsync(file, muLaw, leaveOpen: true, Token))
            await writer.WriteAsync(new byte[] { 1, 2, 3 }, Token);

        byte[] bytes = file.ToArray();
        (bytes.Length % 2).ShouldBe(0);
        BitConverter.ToUInt32(bytes, 46).ShouldBe(3u, "the fact chunk counts frames");
        WavAudio.Parse(bytes).Data.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_format_that_no_wav_file_has_is_refused()
    {
        var error = await Should.ThrowAsync<ArgumentException>(() =>
            WavWriter.CreateAsync(new MemoryStream(), new WavFormat(WavEncoding.Pcm, 8000, 1, 13), false, Token)
        );

        error.ParamName.ShouldBe("format");
        error.Message.ShouldContain("13 bits");
    }

    [Fact]
    public void A_length_beyond_four_gigabytes_is_written_as_a_placeholder()
    {
        byte[] header = new WavHeader(WavFormat.Pcm16(8000), 5_000_000_000).ToArray();

        BitConverter.ToUInt32(header, 4).ShouldBe(uint.MaxValue);
        BitConverter.ToUInt32(header, 40).ShouldBe(uint.MaxValue);
    }
}
