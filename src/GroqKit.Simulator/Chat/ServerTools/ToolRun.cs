using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>
/// The tools that run on the server before an answer. Each one that is offered runs once when the last message is the user's, unless
/// the choice of tools forbids it or names a function; Compound searches the web, or runs what it is told to.
/// </summary>
internal sealed record ToolRun(IReadOnlyList<ExecutedTool> Executed, IReadOnlyList<ToolServer> Servers)
{
    private const int OfMini = 1;

    public static ToolRun None { get; } = new([], []);

    public static ToolRun Of(ChatRequest request, Model model)
    {
        bool isAsked = request.Messages[^1].Role is "user";
        if (!isAsked || request.ToolChoice.Forbids || request.ToolChoice.Name is not null)
            return None;
        if (model.IsCompound)
        {
            IEnumerable<string> enabled = request.EnabledTools ?? ["web_search"];
            int most = model.Id.EndsWith("-mini", StringComparison.Ordinal) ? OfMini : int.MaxValue;
            return new ToolRun([.. enabled.Take(most).Select(tool => CompoundTools.Run(tool, request.Prompt))], []);
        }

        ToolServer[] servers = [.. request.Tools.Select(tool => tool.Server).OfType<ToolServer>()];
        if (request.Tools.All(tool => tool.Name is not null))
            return None;
        return new ToolRun([.. request.Tools.SelectMany(tool => Run(tool, request.Prompt))], servers);
    }

    private static IEnumerable<ExecutedTool> Run(ToolOffer tool, string prompt)
    {
        if (tool.Server is { } server)
            return [BuiltInTools.Remote(server, prompt)];
        return tool switch
        {
            { Name: null, Description: "browser_search" } => [BuiltInTools.Search(prompt)],
            { Name: null, Description: "code_interpreter" } => [BuiltInTools.Code()],
            _ => [],
        };
    }
}
