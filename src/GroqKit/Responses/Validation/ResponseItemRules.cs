using GroqKit.Chat;
using GroqKit.Errors;

namespace GroqKit.Responses;

/// <summary>What the input must look like. Items of a kind that is not known go as they are.</summary>
internal static class ResponseItemRules
{
    private static readonly ChatRole[] Roles = [ChatRole.User, ChatRole.Assistant, ChatRole.System, ChatRole.Developer];

    public static void Check(ResponseInput input)
    {
        if (input.Items is not { } items)
        {
            Rules.CheckText("input", input.Text);
            return;
        }
        if (items.Count == 0)
            throw Rules.Invalid("input", "must have at least one item.");
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item)
                throw Rules.Invalid($"input[{i}]", "must not be null.");
            Check(item, $"input[{i}]");
        }
    }

    private static void Check(ResponseItem item, string path)
    {
        if (item.Type is null || item.Type == ResponseItemType.Message)
        {
            CheckMessage(item, path);
        }
        else if (item.Type == ResponseItemType.FunctionCall)
        {
            Rules.CheckText($"{path}.call_id", item.CallId);
            Rules.CheckText($"{path}.name", item.Name);
            if (item.Arguments is null)
                throw Rules.Invalid($"{path}.arguments", "is missing.");
        }
        else if (item.Type == ResponseItemType.FunctionCallOutput)
        {
            Rules.CheckText($"{path}.call_id", item.CallId);
            if (item.Output is null)
                throw Rules.Invalid($"{path}.output", "is missing.");
        }
        else if (item.Type == ResponseItemType.McpApprovalResponse)
        {
            Rules.CheckText($"{path}.approval_request_id", item.ApprovalRequestId);
            if (item.Approve is null)
                throw Rules.Invalid($"{path}.approve", "is missing.");
        }
        else
        {
            Rules.CheckText($"{path}.type", item.Type.Value.Value);
        }
    }

    private static void CheckMessage(ResponseItem item, string path)
    {
        if (item.Role is not { } role || !Roles.Contains(role))
            throw Rules.Invalid($"{path}.role", "must be user, assistant, system or developer.");
        if (item.Content is not { } content || content is { Text: null, Parts: null })
            throw Rules.Invalid($"{path}.content", "is missing.");
        if (content.Parts is not { } parts)
            return;
        if (parts.Count == 0)
            throw Rules.Invalid($"{path}.content", "must have at least one part.");
        for (int i = 0; i < parts.Count; i++)
            CheckPart(parts[i], $"{path}.content[{i}]");
    }

    private static void CheckPart(ResponsePart? part, string path)
    {
        Rules.CheckText($"{path}.type", part?.Type.Value);
        if (part!.Type == ResponsePartType.InputText && part.Text is null)
            throw Rules.Invalid($"{path}.text", "is missing.");
        if (part.Type == ResponsePartType.InputImage && !ImageAddress.IsValid(part.ImageUrl))
            throw Rules.Invalid($"{path}.image_url", ImageAddress.Problem);
    }
}
