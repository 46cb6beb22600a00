namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>The tools that Compound ran by itself, under the types that it gave them.</summary>
internal static class CompoundTools
{
    public static string[] Names { get; } =
    ["web_search", "code_interpreter", "visit_website", "browser_automation", "wolfram_alpha"];

    public static ExecutedTool Run(string name, string prompt)
    {
        IReadOnlyList<FoundPage> pages = BuiltInTools.Pages(prompt);
        return name switch
        {
            "web_search" => BuiltInTools.Search(prompt) with { Type = "search", Name = "web_search" },
            "code_interpreter" => BuiltInTools.Code() with { Type = "python" },
            "visit_website" => new(
                "visit",
                name,
                BuiltInTools.Arguments("url", pages[0].Url),
                $"Title: {pages[0].Title}. {pages[0].Content}"
            ),
            "browser_automation" => new(
                name,
                name,
                BuiltInTools.Arguments("task", BuiltInTools.Query(prompt)),
                $"Opened {pages[0].Url}. {pages[0].Content}"
            )
            {
                Pages = [pages[0]],
                IsBrowsing = true,
            },
            _ => new(
                "wolfram",
                name,
                BuiltInTools.Arguments("query", BuiltInTools.Query(prompt)),
                "A made-up result, not a computed one."
            ),
        };
    }
}
