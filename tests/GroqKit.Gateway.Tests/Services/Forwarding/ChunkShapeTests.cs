using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Tests.Services.Forwarding;

[Requirement("GW-02")]
public sealed class ChunkShapeTests
{
    private static readonly string[] Bits =
    [
        "a",
        " and ",
        "ü😀",
        "\"",
        "\\",
        "\\n",
        "\\u00e9",
        "\n",
        "\0",
        "{",
        "}",
        "\"},\"finish_reason\":\"stop\"",
        "\"usage\":{}",
        "\"executed_tools\":[",
    ];

    [Theory]
    [InlineData("""{"id":"c1","choices":[{"delta":{"content":"WORDS"},"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"delta":{"reasoning":"WORDS","channel":"analysis"}}],"service_tier":"on_demand"}""")]
    public void Chunks_with_other_plain_words_fit_and_all_others_do_not(string chunk)
    {
        ChunkShape shape = Learned(chunk.Replace("WORDS", "some"));

        Fits(shape, chunk.Replace("WORDS", "Grüße")).ShouldBeTrue();
        Fits(shape, chunk.Replace("WORDS", "")).ShouldBeFalse();
        Fits(shape, chunk.Replace("WORDS", "a\\nb")).ShouldBeFalse();
        Fits(shape, chunk.Replace("WORDS", "a\nb")).ShouldBeFalse();
        Fits(shape, chunk.Replace("WORDS", "a")[..^1]).ShouldBeFalse();
        Fits(shape, chunk.Replace("WORDS", "a") + "}").ShouldBeFalse();
        Fits(shape, chunk.Replace("WORDS", "a").Replace("{\"", "{ \"")).ShouldBeFalse();
        Fits(shape, "{").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":""}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a\"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}""")]
    public void A_chunk_without_plain_words_has_no_shape_to_learn(string chunk)
    {
        Fits(Learned(chunk), chunk).ShouldBeFalse();
    }

    [Fact]
    public void What_fits_reads_as_sound_and_tells_nothing_of_the_account()
    {
        Gen<string> words = from bits in Gen.Elements(Bits).ListOf() select string.Concat(bits);

        Prop.ForAll(
                words.Zip(words).ToArbitrary(),
                pair =>
                {
                    string Chunk(string text) =>
                        "{\"choices\":[{\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}";
                    byte[] first = Encoding.UTF8.GetBytes(Chunk(pair.Item1));
                    byte[] second = Encoding.UTF8.GetBytes(Chunk(pair.Item2));
                    var shape = new ChunkShape();
                    if (ChunkReader.TryRead(first, out ChunkFacts facts) && facts.IsPlain)
                        shape.Learn(first);

                    if (shape.Fits(second))
                    {
                        ChunkReader.TryRead(second, out ChunkFacts same).ShouldBeTrue();
                        same.IsPlain.ShouldBeTrue();
                        ChunkReader.HasOutput(second).ShouldBeTrue();
                        ToolUses.IsTold(second).ShouldBeFalse();
                    }
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static ChunkShape Learned(string chunk)
    {
        var shape = new ChunkShape();
        shape.Learn(Encoding.UTF8.GetBytes(chunk));
        return shape;
    }

    private static bool Fits(ChunkShape shape, string chunk) => shape.Fits(Encoding.UTF8.GetBytes(chunk));
}
