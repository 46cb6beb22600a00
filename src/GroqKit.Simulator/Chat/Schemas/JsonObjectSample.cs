using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>The object that JSON mode answers with when no schema says what it should hold.</summary>
internal static class JsonObjectSample
{
    public static string Json(string prompt, Dice dice)
    {
        string answer = Prose.Answer(prompt, images: 0, tokens: 24, dice);
        return System.Text.Encoding.UTF8.GetString(
            JsonBuffer.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("answer"u8, answer);
                json.WriteBoolean("simulated"u8, true);
                json.WriteEndObject();
            })
        );
    }
}
