using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Tells within a stream that another model goes on: a comment for people who look, and a chunk without words for programs, whose member
/// <c>groqkit</c> says who, how and why. Whoever ignores both loses nothing when the answer is continued.
/// </summary>
internal static class SwitchEvent
{
    /// <param name="mode">How it goes on.</param>
    /// <param name="from">Whose answer broke.</param>
    /// <param name="to">Who goes on.</param>
    /// <param name="reason">The code of the error.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="at">Now.</param>
    public static byte[] Write(
        BreakMode mode,
        ModelRoute from,
        ModelRoute to,
        string reason,
        string id,
        DateTimeOffset at
    )
    {
        // Model and provider names hold no line breaks, and neither do codes.
        string how = BreakModes.All[(int)mode];
        string before = $"{from.Provider.Name}/{from.Model}";
        string after = $"{to.Provider.Name}/{to.Model}";
        var chunk = new JsonObject
        {
            ["id"] = "chatcmpl-" + id,
            ["created"] = at.ToUnixTimeSeconds(),
            ["object"] = "chat.completion.chunk",
            ["model"] = to.Model,
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["delta"] = new JsonObject(),
                    ["finish_reason"] = null,
                }
            ),
            ["groqkit"] = new JsonObject
            {
                ["switch"] = how,
                ["from"] = before,
                ["to"] = after,
                ["reason"] = reason,
            },
        };
        return Encoding.UTF8.GetBytes(
            $": groqkit {how}: {before} broke ({reason}), {after} goes on\n\ndata: {chunk.ToJsonString()}\n\n"
        );
    }
}
