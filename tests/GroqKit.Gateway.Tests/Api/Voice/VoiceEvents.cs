using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Short ways to read the events of a turn.</summary>
internal static class VoiceEvents
{
    public static string TypeOf(this JsonObject happened) => happened["type"]!.GetValue<string>();

    public static IEnumerable<JsonObject> Of(this IEnumerable<JsonObject> events, string type) =>
        events.Where(happened => happened.TypeOf() == type);

    public static JsonObject One(this IEnumerable<JsonObject> events, string type) =>
        events.Of(type).ShouldHaveSingleItem();

    public static string Text(this JsonObject happened, string member = "text") => happened[member]!.GetValue<string>();

    public static double Number(this JsonObject happened, string member) => happened[member]!.GetValue<double>();

    public static byte[] Sound(this IEnumerable<JsonObject> events) =>
        [.. events.Of("audio.delta").SelectMany(delta => Convert.FromBase64String(delta.Text("audio")))];

    public static string[] Sentences(this IEnumerable<JsonObject> events) =>
        [.. events.Of("answer.sentence").Select(sentence => sentence.Text())];

    public static string Outcome(this IEnumerable<JsonObject> events) => events.Last().Text("outcome");
}
