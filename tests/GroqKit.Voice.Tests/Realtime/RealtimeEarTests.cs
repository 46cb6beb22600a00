using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using GroqKit.Voice.Realtime;
using GroqKit.Voice.Tests.Sound;

namespace GroqKit.Voice.Tests.Realtime;

[Requirement("GW-19")]
public sealed class RealtimeEarTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_001)]
    public void Pieces_that_cut_samples_in_two_are_the_same_sound(int length)
    {
        byte[] sound = MemoryMarshal.AsBytes<short>(Tones.Sine(24_000, 200, 0.2)).ToArray();

        Take(sound.Chunk(length)).ShouldBe(Take([sound]));
    }

    [Fact]
    public void What_was_cleared_is_no_half_of_the_next_sound()
    {
        byte[] sound = MemoryMarshal.AsBytes<short>(Tones.Sine(24_000, 200, 0.2)).ToArray();
        RealtimeEar ear = Ear();
        ear.Append([1]);
        ear.Clear();

        ear.Append(sound);

        ear.Take().ShouldBe(Take([sound]));
    }

    private static byte[] Take(IEnumerable<byte[]> pieces)
    {
        RealtimeEar ear = Ear();
        foreach (byte[] piece in pieces)
            ear.Append(piece);
        return ear.Take();
    }

    private static RealtimeEar Ear() =>
        new(
            RealtimeSettings
                .Begin("sess_1", "agent/talker")
                .With(JsonNode.Parse("""{"audio":{"input":{"turn_detection":null}}}""")!.AsObject())
        );
}
