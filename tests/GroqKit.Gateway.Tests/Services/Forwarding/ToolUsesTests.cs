using System.Text;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Tests.Services.Forwarding;

[Requirement("GW-06")]
public sealed class ToolUsesTests
{
    [Fact]
    public void A_whole_answer_tells_every_use_once() =>
        Read(
                """{"choices":[{"index":0,"message":{"executed_tools":[{"index":0,"type":"search"},{"index":1,"type":"search"},{"index":2,"type":"visit"}]}}]}"""
            )
            .ShouldNotBeNull()
            .Counts.ShouldBe(new Dictionary<string, long> { ["search"] = 2, ["visit"] = 1 }, ignoreOrder: true);

    [Fact]
    public void A_stream_tells_a_use_twice_and_it_counts_once()
    {
        ToolUses? begun = Read(
            """{"choices":[{"index":0,"delta":{"executed_tools":[{"index":0,"type":"function"}]}}]}"""
        );

        ToolUses? ended = Read(
            """{"choices":[{"index":0,"delta":{"executed_tools":[{"index":0,"type":"search","output":"x"}]}}]}""",
            begun
        );

        ended.ShouldNotBeNull().Counts.ShouldBe(new Dictionary<string, long> { ["search"] = 1 });
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"hi"}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"\"executed_tools\":[{"}}]}""")]
    [InlineData("""{"choices":[{"message":{"executed_tools":[]}}]}""")]
    [InlineData("""{"executed_tools":[{"index":0,"type":"search"}]}""")]
    [InlineData("""{"executed_tools":[{"index":""")]
    public void An_answer_without_any_tells_of_none(string json) => Read(json).ShouldBeNull();

    private static ToolUses? Read(string json, ToolUses? before = null) =>
        ToolUses.Read(Encoding.UTF8.GetBytes(json), before);
}
