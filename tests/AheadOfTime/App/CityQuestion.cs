using System.ComponentModel;

namespace GroqKit.AheadOfTime;

/// <summary>The arguments of a tool.</summary>
internal sealed record CityQuestion([property: Description("The city's name")] string City);
