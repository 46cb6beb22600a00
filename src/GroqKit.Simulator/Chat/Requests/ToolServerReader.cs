using GroqKit.Simulator.Chat.ServerTools;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Reads a remote tool server: an address, or one of the connectors with its token.</summary>
internal static class ToolServerReader
{
    public static ToolServer Read(Field tool)
    {
        IReadOnlyList<string>? allowed = null;
        bool hasAddress = false;
        foreach (Field field in tool.Properties())
        {
            switch (field.Name)
            {
                case "type" or "server_label":
                    break;
                case "server_url":
                    hasAddress = true;
                    CheckAddress(field);
                    break;
                case "connector_id":
                    hasAddress = true;
                    field.OneOf("connector_gmail", "connector_googlecalendar", "connector_googledrive");
                    break;
                case "headers":
                    foreach (Field header in field.IsNull ? [] : field.Properties())
                        header.Text();
                    break;
                case "allowed_tools":
                    allowed = field.IsNull ? null : [.. field.Items(0, 1_000).Select(name => name.NonEmptyText())];
                    break;
                case "require_approval":
                    if (!field.IsNull)
                        field.OneOf("never", "always");
                    break;
                case "server_description" or "authorization":
                    if (!field.IsNull)
                        field.Text();
                    break;
                default:
                    throw field.Unsupported();
            }
        }

        string label = tool.Require("server_label").NonEmptyText();
        return hasAddress
            ? new ToolServer(label, allowed is { Count: > 0 } ? allowed : [ToolServer.AnyTool])
            : throw tool.Must("have a server_url or a connector_id");
    }

    private static void CheckAddress(Field field)
    {
        if (!Uri.TryCreate(field.Text(), UriKind.Absolute, out Uri? address) || address.Scheme is not "https")
            throw field.Must("be an https address");
    }
}
