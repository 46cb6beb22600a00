using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14", "CL-22")]
public sealed class AudioFormatTests
{
    [Theory]
    [InlineData("524946462400000057415645666D7420", "wav")]
    [InlineData("52463634FFFFFFFF57415645", "wav")]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", "webm")]
    [InlineData("4F676753000200000000000000000000000000000000000000000113" + "4F70757348656164", "opus")]
    [InlineData("4F67675300020000000000000000000000000000000000000000011E01766F72626973", "ogg")]
    [InlineData("664C614300000022", "flac")]
    [InlineData("49443304000000000023", "mp3")]
    [InlineData("FFFB9064", "mp3")]
    [InlineData("FFF36464", "mp3")]
    [InlineData("000000206674797069736F6D", "mp4")]
    [InlineData("00000020667479704D344120", "m4a")]
    [InlineData("000001BA44", "mpeg")]
    public void The_first_bytes_tell_the_format(string hex, string extension) =>
        AudioFormat.FromContent(Convert.FromHexString(hex))!.Extension.ShouldBe(extension);

    [Theory]
    [InlineData("")]
    [InlineData("52494646240000004156492020202020")] // AVI
    [InlineData("FFFFFFFF")] // sync, but forbidden values
    [InlineData("FFF15080")] // AAC
    [InlineData("464F524D0000000041494646")] // AIFF
    [InlineData("25504446")] // PDF
    public void Other_content_is_no_accepted_format(string hex) =>
        AudioFormat.FromContent(Convert.FromHexString(hex)).ShouldBeNull();

    [Theory]
    [InlineData("FFFB9064", 417)]
    [InlineData("FFFB9264", 418)] // padded
    [InlineData("FFF36464", 144)] // the second version
    [InlineData("FFE39064", 522)] // and what came after it
    [InlineData("FFFD9004", 522)] // the other layers
    [InlineData("FFFF9004", 312)]
    public void What_may_be_samples_is_MPEG_audio_where_frame_follows_frame(string head, int length)
    {
        byte[] frame = Convert.FromHexString(head);
        byte[] file = new byte[length + 4];
        frame.CopyTo(file, 0);
        frame.CopyTo(file, length);

        AudioFormat.FromContent(file, mayBeSamples: true).ShouldBe(AudioFormat.Mp3);
        AudioFormat.FromContent(file.AsSpan(0, length + 3), mayBeSamples: true).ShouldBeNull();
        file[length + 1] ^= 0x18;
        AudioFormat.FromContent(file, mayBeSamples: true).ShouldBeNull();
        AudioFormat.FromContent(file, mayBeSamples: false).ShouldBe(AudioFormat.Mp3);
    }

    [Theory]
    [InlineData("49443304000000000023", "mp3")]
    [InlineData("524946462400000057415645", "wav")]
    [InlineData("664C614300000022", "flac")]
    public void What_is_marked_is_a_file_though_it_may_be_samples(string hex, string extension) =>
        AudioFormat.FromContent(Convert.FromHexString(hex), mayBeSamples: true)!.Extension.ShouldBe(extension);

    [Fact]
    public void Any_content_is_read_as_samples_or_not() =>
        Prop.ForAll<byte[]>(content =>
                AudioFormat.FromContent([0xFF, 0xFB, .. content ?? []], mayBeSamples: true) is null
                || content!.Length > 2
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("talk.MP3", "mp3", "audio/mpeg")]
    [InlineData("/a.b/talk.webm", "webm", "audio/webm")]
    [InlineData("talk.opus", "opus", "audio/ogg")]
    [InlineData("talk.m4a", "m4a", "audio/mp4")]
    [InlineData("talk.flac", "flac", "audio/flac")]
    [InlineData("talk.wav", "wav", "audio/wav")]
    public void The_extension_tells_format_and_media_type(string name, string extension, string mediaType)
    {
        AudioFormat format = AudioFormat.FromFileName(name)!;

        format.ToString().ShouldBe(extension);
        format.MediaType.ShouldBe(mediaType);
    }

    [Theory]
    [InlineData("talk.oga")]
    [InlineData("talk.aac")]
    [InlineData("talk")]
    [InlineData("")]
    [InlineData(null)]
    public void A_name_that_Groq_refuses_has_no_format(string? name) => AudioFormat.FromFileName(name).ShouldBeNull();

    [Fact]
    public void Every_format_of_the_API_is_accepted() =>
        UploadName.AcceptedExtensions.ShouldBe("flac m4a mp3 mp4 mpeg mpga ogg opus wav webm");

    [Theory]
    [InlineData("talk.wav", "52494646000000005741564520", "talk.wav")]
    [InlineData("talk.mpga", "FFFB9064", "talk.mpga")] // the same content under another of its names
    [InlineData("talk.oga", "4F6767530002", "talk.ogg")] // Groq answers 400 to .oga
    [InlineData("talk", "664C614300000022", "talk.flac")]
    [InlineData(null, "1A45DFA39F4286", "audio.webm")]
    [InlineData("talk.mp3", "52494646000000005741564520", "talk.wav")] // the content knows better
    [InlineData("talk.mp3", "0000000000000000", "talk.mp3")] // the content says nothing
    [InlineData("../../etc/talk.wav", "52494646000000005741564520", "talk.wav")]
    [InlineData("C:\\talks\\one.wav", "52494646000000005741564520", "one.wav")]
    [InlineData("a\"b.wav", "52494646000000005741564520", "a_b.wav")]
    public void The_upload_is_named_so_that_Groq_takes_it(string? given, string content, string sent)
    {
        (string name, AudioFormat format) = UploadName.Choose(
            given,
            Convert.FromHexString(content),
            out string? problem
        );

        problem.ShouldBeNull();
        name.ShouldBe(sent);
        name.ShouldEndWith("." + format.Extension);
    }

    [Theory]
    [InlineData("talk.aiff", "464F524D0000000041494646", "AIFF")]
    [InlineData("talk.mp3", "FFF15080", "AAC without a container")]
    [InlineData("talk.caf", "63616666", "CAF")]
    [InlineData("talk.amr", "2321414D520A", "AMR")]
    [InlineData("talk.wma", "3026B2758E66CF11", "WMA")]
    [InlineData("film.avi", "52494646240000004156492020202020", "RIFF file without WAVE")]
    [InlineData("talk.txt", "48656C6C6F", "'talk.txt'")]
    [InlineData(null, "48656C6C6F", "neither from a file name nor from the content")]
    public void What_Groq_would_refuse_is_named_with_the_accepted_formats(string? given, string content, string named)
    {
        UploadName.Choose(given, Convert.FromHexString(content), out string? problem);

        problem.ShouldNotBeNull().ShouldContain(named);
        problem.ShouldContain(UploadName.AcceptedExtensions);
    }

    [Fact]
    public void Any_content_and_name_give_an_accepted_name_or_a_problem() =>
        Prop.ForAll<byte[], string>(
                (content, name) =>
                {
                    (string sent, _) = UploadName.Choose(name, content ?? [], out string? problem);
                    return problem is not null
                        || (AudioFormat.FromFileName(sent) is not null && !sent.Any(char.IsControl));
                }
            )
            .QuickCheckThrowOnFailure();
}
