using FsCheck;
using FsCheck.Fluent;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-22")]
public sealed class ImageHeaderTests
{
    private static readonly Dictionary<string, byte[]> Known = new()
    {
        ["image/png"] = Images.Png,
        ["image/jpeg"] = Images.Jpeg,
        ["image/gif"] = Images.Gif,
        ["image/webp"] = Images.LossyWebp,
        ["image/webp lossless"] = Images.LosslessWebp,
        ["image/webp extended"] = Images.ExtendedWebp,
        ["image/jpeg with metadata"] = Images.JpegWithMetadata(3),
        ["image/jpeg with fill bytes"] = [.. Images.Jpeg[..2], 0xFF, 0xFF, 0xFF, .. Images.Jpeg[2..]],
    };

    public static TheoryData<string> Names() => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Format_and_size_are_read_from_the_header(string name) =>
        ImageHeader.Read(Known[name]).ShouldBe(new ImageHeader(name.Split(' ')[0], 5, 3));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cut_image_gives_the_format_the_size_or_nothing_but_never_something_else(string name)
    {
        byte[] whole = Known[name];
        var expected = new ImageHeader(name.Split(' ')[0], 5, 3);
        bool isSized = false;
        for (int length = 0; length <= Math.Min(whole.Length, 300); length++)
        {
            ImageHeader? header = ImageHeader.Read(whole.AsSpan(0, length));
            if (header is null)
                length.ShouldBeLessThan(12);
            else
                header.ShouldBeOneOf(expected, expected with { Width = 0, Height = 0 });
            isSized |= header == expected;
        }
        isSized.ShouldBe(whole.Length < 10_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("BM6")]
    [InlineData("%PDF-1.7")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("RIFF____WAVEfmt ")]
    [InlineData("GIF88a____")]
    public void Other_formats_are_not_known(string text) =>
        ImageHeader.Read(System.Text.Encoding.Latin1.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void A_size_that_no_image_has_is_not_told()
    {
        ImageHeader.Read(Images.PngOf(0, 7))!.Value.Pixels.ShouldBe(0);
        ImageHeader.Read(Images.PngOf(-1, 7))!.Value.Pixels.ShouldBe(0);
        ImageHeader.Read(Images.PngOf(int.MaxValue, int.MaxValue))!.Value.Pixels.ShouldBe(4611686014132420609);
    }

    [Fact]
    public void Any_bytes_after_a_known_beginning_are_read_without_an_error() =>
        Prop.ForAll(
                (
                    from name in Gen.Elements<string>(Known.Keys)
                    from kept in Gen.Choose(2, 30)
                    from rest in ArbMap.Default.GeneratorFor<byte[]>()
                    select (byte[])[.. Known[name].AsSpan(0, Math.Min(kept, Known[name].Length)), .. rest ?? []]
                ).ToArbitrary(),
                bytes =>
                {
                    ImageHeader? header = ImageHeader.Read(bytes);
                    (header?.Pixels ?? 0).ShouldBeGreaterThanOrEqualTo(0);
                }
            )
            .QuickCheckThrowOnFailure();
}
