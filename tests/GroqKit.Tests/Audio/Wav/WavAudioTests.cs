using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class WavAudioTests
{
    private static readonly short[] Samples = [0, 1, -1, 32767, -32768, 1234];

    [Fact]
    public void A_plain_file_gives_its_format_samples_and_duration()
    {
        WavAudio audio = WavAudio.Parse(WavBytes.Pcm16(3, Samples));

        audio.Format.ShouldBe(WavFormat.Pcm16(3));
        audio.ToSamples().ShouldBe(Samples);
        audio.Duration.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue)] // ffmpeg to a pipe, and Groq's streamed speech
    [InlineData(0u, 0u)] // a recorder that never came back to fill them in
    [InlineData(36u, 0u)] // the same, with the empty file's size
    [InlineData(0x7FFFF024u, 0x7FFFF000u)] // sox to a pipe
    [InlineData(1000u, 999_999u)] // more than there is
    public void Placeholder_sizes_mean_until_the_end(uint riffSize, uint dataSize)
    {
        byte[] data = WavBytes.Chunk("data", WavBytes.Bytes(Samples), dataSize);

        WavAudio audio = WavAudio.Parse(WavBytes.Riff(riffSize, WavBytes.Format(1, 1, 8000, 16), data));

        audio.ToSamples().ShouldBe(Samples);
    }

    [Fact]
    public void Chunks_before_and_after_the_sound_are_skipped()
    {
        byte[] file = WavBytes.Riff(
            null,
            WavBytes.Chunk("JUNK", new byte[28]),
            WavBytes.Format(1, 1, 8000, 16, [0, 0]),
            WavBytes.Chunk("LIST", "INFOodd"u8.ToArray()),
            WavBytes.Chunk("bext", []),
            WavBytes.Chunk("data", WavBytes.Bytes(Samples)),
            WavBytes.Chunk("LIST", new byte[10])
        );

        WavAudio.Parse(file).ToSamples().ShouldBe(Samples);
    }

    [Fact]
    public void An_odd_chunk_without_its_padding_byte_is_tolerated()
    {
        byte[] file = WavBytes.Riff(
            null,
            WavBytes.Format(1, 1, 8000, 16),
            WavBytes.Chunk("LIST", "INFOodd"u8.ToArray(), pad: false),
            WavBytes.Chunk("data", WavBytes.Bytes(Samples))
        );

        WavAudio.Parse(file).ToSamples().ShouldBe(Samples);
    }

    [Fact]
    public void An_empty_data_chunk_with_chunks_behind_it_is_empty()
    {
        byte[] file = WavBytes.Riff(
            null,
            WavBytes.Format(1, 1, 8000, 16),
            WavBytes.Chunk("data", []),
            WavBytes.Chunk("LIST", new byte[10])
        );

        WavAudio.Parse(file).Data.Length.ShouldBe(0);
    }

    [Fact]
    public void An_extensible_header_names_the_real_encoding_in_its_guid()
    {
        byte[] guid = [3, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
        byte[] extension = [22, 0, 32, 0, 4, 0, 0, 0, .. guid];
        byte[] data = [.. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(-1f), .. BitConverter.GetBytes(2f)];
        byte[] file = WavBytes.Riff(
            null,
            WavBytes.Format(0xFFFE, 1, 8000, 32, extension),
            WavBytes.Chunk("data", data)
        );

        WavAudio audio = WavAudio.Parse(file);

        audio.Format.ShouldBe(new WavFormat(WavEncoding.FloatingPoint, 8000, 1, 32));
        audio.ToSamples().ShouldBe([16384, -32768, 32767]);
    }

    [Fact]
    public void A_file_with_64_bit_sizes_is_read()
    {
        byte[] sizes = new byte[28];
        sizes[8] = 4;
        byte[] file = WavBytes.File(
            "RF64",
            uint.MaxValue,
            WavBytes.Chunk("ds64", sizes),
            WavBytes.Format(1, 1, 8000, 16),
            WavBytes.Chunk("data", WavBytes.Bytes(7, 8, 9), uint.MaxValue)
        );

        WavAudio.Parse(file).ToSamples().ShouldBe([7, 8]);
    }

    [Fact]
    public void Every_encoding_decodes_to_the_values_its_standard_gives()
    {
        Decode(WavEncoding.Pcm, 8, [128, 255, 0]).ShouldBe([0, 32512, -32768]);
        Decode(WavEncoding.Pcm, 24, [0xFF, 0x34, 0x12, 0, 0, 0x80]).ShouldBe([0x1234, -32768]);
        Decode(WavEncoding.Pcm, 32, [0, 0, 0x34, 0x12]).ShouldBe([0x1234]);
        Decode(WavEncoding.FloatingPoint, 64, BitConverter.GetBytes(-0.25)).ShouldBe([-8192]);
        Decode(WavEncoding.FloatingPoint, 32, BitConverter.GetBytes(float.NaN)).ShouldBe([0]);
        // The ends and the middle of the tables in ITU-T G.711.
        Decode(WavEncoding.MuLaw, 8, [0x00, 0x80, 0x7F, 0xFF, 0xEF]).ShouldBe([-32124, 32124, 0, 0, 132]);
        Decode(WavEncoding.ALaw, 8, [0x2A, 0xAA, 0x55, 0xD5]).ShouldBe([-32256, 32256, -8, 8]);
    }

    [Theory]
    [InlineData("ID3 and so on, which is MP3", "does not begin with RIFF")]
    [InlineData("RIFF....AVI LIST", "does not begin with RIFF")]
    [InlineData("RIFF", "ends before its sound begins")]
    [InlineData("", "ends before its sound begins")]
    public void What_is_no_wav_file_is_refused_with_the_reason(string text, string reason)
    {
        var error = Should.Throw<InvalidDataException>(() => WavAudio.Parse(System.Text.Encoding.ASCII.GetBytes(text)));

        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void A_header_that_cannot_be_meant_is_refused_with_the_reason()
    {
        Refusal(WavBytes.Chunk("data", new byte[4])).ShouldContain("no fmt chunk");
        Refusal(WavBytes.Chunk("fmt ", new byte[8])).ShouldContain("8 bytes");
        Refusal(WavBytes.Format(1, 0, 8000, 16)).ShouldContain("0 channels");
        Refusal(WavBytes.Format(1, 1, 0, 16)).ShouldContain("0 Hz");
        Refusal(WavBytes.Format(1, 1, 8000, 12)).ShouldContain("12 bits");
        Refusal(WavBytes.Format(2, 1, 8000, 4)).ShouldContain("encoding 2");
        byte[] contradiction = WavBytes.Format(1, 1, 8000, 16);
        contradiction[20] = 9;
        Refusal(contradiction).ShouldContain("contradicts itself");
    }

    [Fact]
    public void A_recording_survives_being_written_and_read_in_every_encoding()
    {
        foreach (
            WavFormat format in new[]
            {
                WavFormat.Pcm16(24000),
                WavFormat.Pcm16(44100, 2),
                new WavFormat(WavEncoding.Pcm, 8000, 1, 8),
                new WavFormat(WavEncoding.Pcm, 8000, 1, 24),
                new WavFormat(WavEncoding.MuLaw, 8000, 1, 8),
                new WavFormat(WavEncoding.FloatingPoint, 48000, 1, 32),
            }
        )
        {
            var audio = new WavAudio(format, new byte[format.BytesPerFrame * 3]);

            byte[] file = audio.ToArray();
            WavAudio read = WavAudio.Parse(file);

            read.Format.ShouldBe(format);
            read.Data.Length.ShouldBe(audio.Data.Length);
            (file.Length % 2).ShouldBe(0);
            BitConverter.ToUInt32(file, 4).ShouldBe((uint)file.Length - 8);
        }
    }

    [Fact]
    public void Joining_puts_the_sound_of_one_format_in_a_row()
    {
        WavAudio joined = WavAudio.Join([
            WavAudio.FromSamples([1, 2], 8000),
            WavAudio.FromSamples([], 8000),
            WavAudio.FromSamples([3], 8000),
        ]);

        WavAudio.Parse(joined.ToArray()).ToSamples().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Joining_converts_encodings_that_are_exact_in_16_bits()
    {
        var muLaw = new WavAudio(new WavFormat(WavEncoding.MuLaw, 8000, 1, 8), new byte[] { 0x80 });
        var eightBit = new WavAudio(new WavFormat(WavEncoding.Pcm, 8000, 1, 8), new byte[] { 255 });

        WavAudio joined = WavAudio.Join([muLaw, eightBit, WavAudio.FromSamples([5], 8000)]);

        joined.Format.ShouldBe(WavFormat.Pcm16(8000));
        joined.ToSamples().ShouldBe([32124, 32512, 5]);
    }

    [Fact]
    public void Joining_what_cannot_be_joined_without_loss_names_the_part_that_differs()
    {
        WavAudio[] rates = [WavAudio.FromSamples([1], 8000), WavAudio.FromSamples([1], 16000)];
        WavAudio[] depths =
        [
            WavAudio.FromSamples([1], 8000),
            WavAudio.FromSamples([1], 8000),
            new WavAudio(new WavFormat(WavEncoding.Pcm, 8000, 1, 24), new byte[3]),
        ];

        Should
            .Throw<ArgumentException>(() => WavAudio.Join(rates))
            .Message.ShouldContain("Part 1 is Pcm 16-bit, 16000 Hz");
        Should.Throw<ArgumentException>(() => WavAudio.Join(depths)).Message.ShouldContain("Part 2 is Pcm 24-bit");
        Should.Throw<ArgumentException>(() => WavAudio.Join([])).Message.ShouldContain("no recording");
    }

    [Fact]
    public void Any_samples_survive_being_split_written_and_joined() =>
        Prop.ForAll<short[], int>(
                (samples, seed) =>
                {
                    short[] whole = samples ?? [];
                    int cut = whole.Length == 0 ? 0 : (int)((uint)seed % (uint)whole.Length);
                    WavAudio[] parts =
                    [
                        WavAudio.Parse(WavAudio.FromSamples(whole.AsSpan(0, cut), 8000).ToArray()),
                        WavAudio.Parse(WavAudio.FromSamples(whole.AsSpan(cut), 8000).ToArray()),
                    ];
                    return WavAudio.Join(parts).ToSamples().SequenceEqual(whole);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_give_a_recording_or_the_one_documented_error() =>
        Prop.ForAll<byte[], uint, uint>(
                (noise, riff, size) =>
                {
                    byte[][] files =
                    [
                        noise ?? [],
                        WavBytes.Riff(riff, WavBytes.Chunk("fmt ", noise ?? [], size)),
                        WavBytes.Riff(riff, WavBytes.Format(1, 1, 8000, 16), WavBytes.Chunk("data", noise ?? [], size)),
                    ];
                    foreach (byte[] file in files)
                    {
                        try
                        {
                            WavAudio audio = WavAudio.Parse(file);
                            (audio.Data.Length % audio.Format.BytesPerFrame).ShouldBe(0);
                        }
                        catch (InvalidDataException error)
                        {
                            error.Message.ShouldNotBeEmpty();
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private static short[] Decode(WavEncoding encoding, int bits, byte[] data) =>
        new WavAudio(new WavFormat(encoding, 8000, 1, bits), data).ToSamples();

    private static string Refusal(byte[] chunk) =>
        Should.Throw<InvalidDataException>(() => WavAudio.Parse(WavBytes.Riff(null, chunk))).Message;
}
