using System.Globalization;

namespace GroqKit.Simulator.Audio;

/// <summary>The languages that Whisper knows.</summary>
internal static class Languages
{
    public static string[] Codes { get; } =
        """
            en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te
            fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps
            tk nn mt sa lb my bo tl mg as tt haw ln ha ba jv su yue
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["en"] = "English",
        ["zh"] = "Chinese",
        ["de"] = "German",
        ["es"] = "Spanish",
        ["ru"] = "Russian",
        ["ko"] = "Korean",
        ["fr"] = "French",
        ["ja"] = "Japanese",
        ["pt"] = "Portuguese",
        ["it"] = "Italian",
        ["nl"] = "Dutch",
        ["ar"] = "Arabic",
        ["hi"] = "Hindi",
    };

    /// <summary>The name in English; the code itself where the list is silent.</summary>
    public static string Name(string code) =>
        Names.GetValueOrDefault(code, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(code));
}
