using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class SpeechFormatTests
{
    [Theory]
    [InlineData("wav", "wav")]
    [InlineData(" WAV ", "wav")]
    [InlineData("audio/mpeg", "mp3")]
    [InlineData("Audio/X-WAV", "wav")]
    [InlineData("audio/basic", "mulaw")]
    [InlineData("ulaw", "mulaw")]
    [InlineData("audio/PCMA;rate=8000", "alaw")]
    [InlineData("audio/l16; rate=24000; channels=1", "pcm")]
    [InlineData("mp3_22050_32", "mp3_22050_32")]
    public void Names_of_one_form_are_read_as_its_word(string format, string word) =>
        SpeechFormat.Parse(format).Value.ShouldBe(word);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Nothing_is_no_form(string format) =>
        Should.Throw<ArgumentException>(() => SpeechFormat.Parse(format)).ParamName.ShouldBe("format");
}
