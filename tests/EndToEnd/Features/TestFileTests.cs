namespace GroqKit.EndToEnd.Features;

public sealed class TestFileTests
{
    [Fact]
    public void Tests_are_found_with_their_class_and_ids()
    {
        TestFile file = TestFile.Parse(
            """
            namespace A;

            [Requirement("CL-01")]
            public sealed class FirstTests(int a) : Base
            {
                private static int Size => 3;

                [Fact]
                public void One() => Assert(x => { return [1]; });

                [Theory]
                [InlineData(new[] { 1 }, "class Nope { [Fact] }")]
                [Requirement("CL-02", "CL-03")]
                public async Task Two<T>(int x = 1)
                    where T : class
                {
                    if (x is { } y) { }
                }

                private sealed record Inner(string Text);

                [Collection("a")]
                public sealed class NestedTests
                {
                    [FactAttribute, Requirement("GW-01")]
                    public void Three() { }
                }

                [Property]
                public void Four() { }
            }
            """
        );

        file.Classes.Keys.ShouldBe(["FirstTests"]);
        file.Classes["FirstTests"].ShouldBe(["CL-01"]);
        file.Tests.Select(test => $"{test.Class}:{string.Join('+', test.Ids)}")
            .ShouldBe(["FirstTests:", "FirstTests:CL-02+CL-03", "FirstTests.NestedTests:GW-01", "FirstTests:"]);
    }

    [Theory]
    [InlineData("// [Fact]\n")]
    [InlineData("/* [Fact] { */")]
    [InlineData("string a = \"[Fact] { \\\" }\";")]
    [InlineData("string a = @\"[Fact] \"\" { \\\";")]
    [InlineData("string a = \"\"; char b = '\"'; char c = '\\''; char d = '{';")]
    [InlineData("string a = $\"{{ [Fact] {b.C(\"}\")} {d}\";")]
    [InlineData("string a = $@\"{b} \"\" [Fact] {{\";")]
    [InlineData("string a = \"\"\"\n[Fact] \"\" { \"\n\"\"\";")]
    [InlineData("string a = $$\"\"\"\n{ [Fact] {{b(\"[Fact] {\")}}\n\"\"\";")]
    [InlineData("int[] a = [.. Facts, Theory[0]]; var b = Theory;")]
    public void What_only_looks_like_a_test_is_none(string inside)
    {
        TestFile file = TestFile.Parse($"class X {{ void A() {{ {inside} }} [Fact] void B() {{ }} }}");

        file.Tests.Select(test => test.Class).ShouldBe(["X"]);
    }

    [Fact]
    public void A_requirement_on_something_else_is_refused() =>
        Should
            .Throw<FormatException>(() => TestFile.Parse("class X { [Requirement(\"CL-01\")] void Helper() { } }"))
            .Message.ShouldBe("[Requirement(\"CL-01\")] in X stands on something that is not a test.");
}
