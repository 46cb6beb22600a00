using System.Text.Json.Serialization;

namespace GroqKit.AheadOfTime;

/// <summary>Contracts, made when the program is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(City))]
[JsonSerializable(typeof(CityQuestion))]
[JsonSerializable(typeof(Weather))]
internal sealed partial class AppJson : JsonSerializerContext;
