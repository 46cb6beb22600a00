namespace GroqKit.Tests.Telemetry;

/// <summary>Compares with a text that was read and agreed to. With <c>GROQKIT_GOLDEN=write</c> in the environment it writes that text instead.</summary>
internal static class GoldenText
{
    public static void ShouldBe(string name, string text)
    {
        string path = Repository.At("tests", "GroqKit.Tests", "Telemetry", "Golden", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("GROQKIT_GOLDEN") == "write")
            File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
