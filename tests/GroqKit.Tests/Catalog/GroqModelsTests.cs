using System.Reflection;
using System.Xml.Linq;
using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

[Requirement("CL-16")]
public sealed class GroqModelsTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly XDocument Documentation = XDocument.Load(
        Path.Combine(AppContext.BaseDirectory, "GroqKit.xml")
    );

    public static TheoryData<string> Names => [.. Constants.Keys];

    private static Dictionary<string, string> Constants { get; } =
        typeof(GroqModels)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!, StringComparer.Ordinal);

    [Fact]
    public void There_is_a_constant_for_each_model_that_every_account_can_call_and_for_no_other() =>
        Constants.Values.ShouldBe(
            ModelCatalog.Default.Models.Where(model => model.IsAvailableAt(Today)).Select(model => model.Id),
            ignoreOrder: true
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void The_remarks_of_a_constant_say_what_the_catalogue_says(string name)
    {
        CatalogModel model = ModelCatalog.Default.Find(Constants[name])!;
        string remarks = Documentation
            .Descendants("member")
            .Single(member => (string?)member.Attribute("name") == $"F:{typeof(GroqModels).FullName}.{name}")
            .Element("remarks")!
            .Value;
        string.Join(' ', remarks.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldBe($"{Capital(model.Status)}; {Size(model)}; {Price(model.PriceAt(Today))}.");
    }

    private static string Capital(ModelStatus status) => $"{char.ToUpperInvariant(status.Value[0])}{status.Value[1..]}";

    private static string Size(CatalogModel model)
    {
        if (model.Kind == ModelKind.Transcription)
            return $"{model.SpeedFactor} times as fast as the recording";
        return model.Kind == ModelKind.Speech
            ? $"{model.MaxInputCharacters} characters a request"
            : $"{model.ContextWindow} tokens of context, {model.MaxOutput} of output";
    }

    private static string Price(ModelPrice? price)
    {
        if (price is null)
            return "no published price";
        if (price.PerAudioHour is { } hour)
            return $"$ per hour of audio on {price.Seen:yyyy-MM-dd}: {hour}";
        if (price.PerMillionCharacters is { } characters)
            return $"$ per million characters on {price.Seen:yyyy-MM-dd}: {characters}";
        string cached = price.CachedInput is { } discounted ? $", cached {discounted}" : "";
        return $"$ per million tokens on {price.Seen:yyyy-MM-dd}: input {price.Input}{cached}, output {price.Output}";
    }
}
