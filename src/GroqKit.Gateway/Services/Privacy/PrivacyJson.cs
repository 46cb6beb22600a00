using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What placeholders stand for, as it is kept.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
