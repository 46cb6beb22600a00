using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace GroqKit.Tests.Chat;

public sealed record WeatherArgs(
    [property: Description("A city")] string City,
    Unit Unit = Unit.Celsius,
    int? Days = null,
    Place? Near = null
);

public sealed record Place(double Latitude, double Longitude = 10, string? Name = null);

public sealed record Report(string City, double Degrees);

public enum Unit
{
    Celsius,
    Fahrenheit,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(WeatherArgs))]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class ToolContext : JsonSerializerContext;

public sealed class WeatherTools
{
    public int Calls { get; private set; }

    [Description("Reads the thermometer")]
    public Report Measure([Description("Where")] string city) => new(city, ++Calls);

    [Description("Counts to a number")]
    public static async Task<int[]> CountAsync([Range(1, 5)] int to, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return [.. Enumerable.Range(1, to)];
    }

    public string Undescribed() => $"hidden {Calls}";
}
