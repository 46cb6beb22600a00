namespace GroqKit.Chat;

/// <summary>What a request and its tools must look like to be run; found before anything is sent.</summary>
internal static class ToolRunRules
{
    public static void Check(ChatRequest request, IReadOnlyList<Tool> tools)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tools);
        MessageRules.Check(request.Messages);
        var names = new HashSet<string>(request.Tools?.Select(tool => tool?.Function?.Name).OfType<string>() ?? []);
        for (int i = 0; i < tools.Count; i++)
        {
            if (tools[i] is not { } tool)
                throw ChatRequestRules.Invalid($"tools[{i}]", "must not be null.");
            if (!names.Add(tool.Name))
                throw ChatRequestRules.Invalid($"tools[{i}]", $"is the second one named {tool.Name}.");
        }
        if (tools.Count == 0)
            throw ChatRequestRules.Invalid("tools", "must have at least one tool with code to run.");
        if (request.ResponseFormat is { } format && format.Type != ResponseFormatType.Text)
        {
            throw ChatRequestRules.Invalid(
                "response_format",
                "cannot be combined with tools: let the tools run first, then ask for JSON in another call."
            );
        }
    }
}
