using System.Text;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>The tools that GPT-OSS models have on the server; types and names as they were seen on the wire.</summary>
internal static class BuiltInTools
{
    private const int LongestQuery = 80;
    private const string Program = "print('simulated')";

    public static ExecutedTool Search(string prompt)
    {
        IReadOnlyList<FoundPage> pages = Pages(prompt);
        return new ExecutedTool(
            "browser_search",
            "browser.search",
            Arguments("query", Query(prompt)),
            string.Join('\n', pages.Select((page, i) => $"【{i}†{page.Title}†example.com】 {page.Content}"))
        )
        {
            Pages = pages,
        };
    }

    public static ExecutedTool Code() =>
        new("function", "python", Arguments("code", Program), "simulated") { Printed = "simulated\n" };

    public static ExecutedTool Remote(ToolServer server, string prompt) =>
        new(
            "mcp",
            server.Tools[0],
            Arguments("query", Query(prompt)),
            $"{server.Label} is not called by the simulator; this result is made up."
        )
        {
            Server = server.Label,
        };

    public static IReadOnlyList<FoundPage> Pages(string prompt)
    {
        string query = Query(prompt);
        return
        [
            new($"Simulated page on {query}", "https://example.com/simulated/1", "The first page is made up.", 0.91),
            new($"More on {query}", "https://example.com/simulated/2", "So is the second.", 0.67),
        ];
    }

    public static string Query(string prompt)
    {
        string line = prompt.ReplaceLineEndings(" ").Trim();
        if (line.Length <= LongestQuery)
            return line;
        // Half a surrogate pair is no text.
        return line[..(char.IsHighSurrogate(line[LongestQuery - 1]) ? LongestQuery - 1 : LongestQuery)];
    }

    public static string Arguments(string name, string value) =>
        Encoding.UTF8.GetString(
            JsonBuffer.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString(name, value);
                json.WriteEndObject();
            })
        );
}
