using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>Generated reading and writing of the few plain values that requests are taken apart into.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class RequestJson : JsonSerializerContext;
