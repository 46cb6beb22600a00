using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Tests.Chat;

[Description("A dish")]
public sealed record Recipe(
    [Description("What it is called")] string Name,
    [Description("For how many")] [Range(1, 12)] int Servings,
    Course Course,
    Course? Second,
    string? Note,
    IReadOnlyList<Ingredient> Ingredients,
    TimeSpan? Rest = null,
    bool IsVegan = false
);

public sealed record Ingredient(string Name, [property: Description("In grams")] double? Amount);

public enum Course
{
    Starter,
    Main,
    Dessert,
}

public sealed record Node(int Value, Node? Next, List<Node> Children);

public sealed record Pair([property: Description("The first")] Node Left, Node? Right);

public sealed class Tree : List<Tree>;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Group), "group")]
public abstract record Shape(string Name);

public sealed record Circle(string Name, double Radius) : Shape(Name);

public sealed record Group(string Name, Shape[] Parts) : Shape(Name);

public sealed record Drawing(Shape Main, Shape? Other);

public sealed record Scores(Dictionary<string, int> ByName);

public sealed record Anything(object? Some);

public sealed class Limits
{
    [StringLength(8, MinimumLength = 2)]
    public required string Code { get; init; }

    [RegularExpression("^[a-z]+$")]
    public string? Word { get; init; }

    [MinLength(1), MaxLength(3)]
    public required string[] Tags { get; init; }

    [Range(typeof(decimal), "0.5", "2.5")]
    public decimal Price { get; init; }

    [EmailAddress]
    public string? Mail { get; init; }

    [Url]
    public Uri? Page { get; init; }

    [MinLength(2)]
    public string? Least { get; init; }

    [Length(1, 2)]
    public int[]? Few { get; init; }

    public DateOnly Day { get; init; }

    public Guid Id { get; init; }

    public char Letter { get; init; }
}

public sealed record Weather(Sky Sky, [property: Description("How it was")] Sky? Before, Days Days);

public enum Sky : byte
{
    Clear = 1,
    Cloudy = 2,
}

[Flags]
public enum Days
{
    None = 0,
    Saturday = 1,
    Sunday = 2,
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Recipe))]
[JsonSerializable(typeof(List<Ingredient>))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(Drawing))]
internal sealed partial class WordsContext : JsonSerializerContext;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Weather))]
internal sealed partial class NumbersContext : JsonSerializerContext;
