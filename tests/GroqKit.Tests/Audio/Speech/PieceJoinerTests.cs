using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class PieceJoinerTests
{
    private static readonly byte[] Streamed =
    [
        .. new WavHeader(WavFormat.Pcm16(8000), null).ToArray(),
        .. WavBytes.Bytes(1, 2, 3),
    ];

    private static readonly byte[] WithChunks = WavBytes.Riff(
        null,
        WavBytes.Chunk("LIST", "odd"u8.ToArray()),
        WavBytes.Format(1, 1, 8000, 16),
        WavBytes.Chunk("data", WavBytes.Bytes(4, 5)),
        WavBytes.Chunk("LIST", new byte[30])
    );

    [Fact]
    public void Wav_pieces_share_one_header_and_other_chunks_are_dropped()
    {
        byte[] whole = Join(
            SpeechFormat.Wav,
            [
                [Streamed],
                [WithChunks],
                [WavBytes.Pcm16(8000, 6)],
            ]
        );

        WavAudio.Parse(whole).ToSamples().ShouldBe([1, 2, 3, 4, 5, 6]);
        BitConverter.ToUInt32(whole, 40).ShouldBe(uint.MaxValue);
    }

    [Fact]
    public void A_single_piece_keeps_the_length_it_announces() =>
        Join(
                SpeechFormat.Wav,
                [
                    [WithChunks],
                ]
            )
            .ShouldBe(WavBytes.Pcm16(8000, 4, 5));

    [Fact]
    public void A_piece_that_was_cut_within_a_frame_does_not_shift_the_next() =>
        WavAudio
            .Parse(
                Join(
                    SpeechFormat.Wav,
                    [
                        [Streamed[..^1]],
                        [WavBytes.Pcm16(8000, 6)],
                    ]
                )
            )
            .ToSamples()
            .ShouldBe([1, 2, 3, 6]);

    [Fact]
    public void An_encoding_that_is_exact_in_16_bits_is_converted()
    {
        byte[] muLaw = new WavAudio(new WavFormat(WavEncoding.MuLaw, 8000, 1, 8), new byte[] { 0x80, 0xFF }).ToArray();

        WavAudio
            .Parse(
                Join(
                    SpeechFormat.Wav,
                    [
                        [WavBytes.Pcm16(8000, 7)],
                        [muLaw],
                    ]
                )
            )
            .ToSamples()
            .ShouldBe([7, 32124, 0]);
    }

    [Fact]
    public void A_piece_in_another_format_is_refused_with_both_named()
    {
        var error = Should.Throw<InvalidDataException>(() =>
            Join(
                SpeechFormat.Wav,
                [
                    [WavBytes.Pcm16(8000, 1)],
                    [WavBytes.Pcm16(16000, 1)],
                ]
            )
        );

        error.Message.ShouldContain("16000 Hz");
        error.Message.ShouldContain("8000 Hz");
        Should.Throw<InvalidDataException>(() =>
            Join(
                SpeechFormat.Wav,
                [
                    [Streamed],
                    ["ID3.."u8.ToArray(), new byte[20]],
                ]
            )
        );
    }

    [Fact]
    public void Raw_and_ogg_pieces_follow_each_other() =>
        Join(
                SpeechFormat.MuLaw,
                [
                    [
                        [1, 2],
                    ],
                    [
                        [3],
                        [4],
                    ],
                ]
            )
            .ShouldBe([1, 2, 3, 4]);

    [Fact]
    public void Mp3_pieces_lose_the_tags_that_would_stand_within_the_file()
    {
        byte[] tagged = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 3, 9, 9, 9, 0xFF, 0xFB, 7];
        byte[] bare = [0xFF, 0xFB, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

        foreach (int size in new[] { 1, 4, 10, 100 })
            Join(SpeechFormat.Mp3, [Slices(tagged, size), Slices(tagged, size), Slices(bare, size)])
                .ShouldBe([.. tagged, 0xFF, 0xFB, 7, .. bare]);
    }

    [Fact]
    public void Any_slicing_of_the_pieces_gives_the_same_file() =>
        Prop.ForAll<PositiveInt>(size =>
                Join(SpeechFormat.Wav, [Slices(WithChunks, size.Get), Slices(Streamed, size.Get)])
                    .SequenceEqual(
                        Join(
                            SpeechFormat.Wav,
                            [
                                [WithChunks],
                                [Streamed],
                            ]
                        )
                    )
            )
            .QuickCheckThrowOnFailure();

    private static byte[] Join(SpeechFormat format, byte[][][] pieces)
    {
        PieceJoiner joiner = PieceJoiner.For(pieces[0].SelectMany(bytes => bytes).ToArray(), format, pieces.Length);
        var whole = new MemoryStream();
        foreach (byte[][] piece in pieces)
        {
            joiner.BeginPiece();
            foreach (byte[] bytes in piece)
                whole.Write(joiner.Take(bytes).Span);
        }
        return whole.ToArray();
    }

    private static byte[][] Slices(byte[] bytes, int size) => [.. bytes.Chunk(size)];
}
