using System.Diagnostics.CodeAnalysis;

namespace GroqKit.PublicApi;

[Requirement("DL-01")]
public sealed class ApiListingTests
{
    [Fact]
    public void A_type_is_written_as_its_source_is() =>
        ApiListing
            .Of(
                typeof(Everything<>),
                typeof(Point),
                typeof(Color),
                typeof(Mapping<,>),
                typeof(ApiListingTests).GetNestedType("Hidden")!
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe([
                "GroqKit.PublicApi: enum ApiListingTests.Color : byte",
                "    Blue = 4",
                "    Red = 1",
                "GroqKit.PublicApi: abstract class ApiListingTests.Everything<T> : List<T>, ICloneable where T : class, new()",
                "    protected Everything(bool flag = true)",
                "    event EventHandler? Changed",
                "    object Clone()",
                "    abstract T? Find(string? name, IReadOnlyDictionary<string, string?> all, ApiListingTests.Color color = ApiListingTests.Color.Blue)",
                "    int this[long index] { get; set; }",
                "    required string[] Names { get; init; }",
                "    static readonly object Nothing",
                "    [Obsolete(warning)] int? Old { get; }",
                "    const double Pi = 3.14",
                "    virtual Task<T?[]> ReadAsync()",
                "    override string ToString()",
                "GroqKit.PublicApi: [Experimental(X1)] sealed record ApiListingTests.Hidden",
                "    Hidden(string Name, int? Size)",
                "    string Name { get; init; }",
                "    int? Size { get; init; }",
                "GroqKit.PublicApi: delegate TOut ApiListingTests.Mapping<TIn, TOut>(TIn value)",
                "GroqKit.PublicApi: readonly record struct ApiListingTests.Point",
                "    Point(int X, int Y)",
                "    static void Swap<TItem>(ref TItem? left, CancellationToken token = default) where TItem : struct, IComparable<TItem>",
                "    static bool TryRead(ReadOnlySpan<char> text, out string? value, in int at, params string[] more)",
                "    int X { get; init; }",
                "    int Y { get; init; }",
                "    static ApiListingTests.Point op_Addition(ApiListingTests.Point left, ApiListingTests.Point right)",
            ]);

    [Fact]
    public void A_difference_names_the_type_and_both_sides() =>
        ApiDifference
            .Of(
                "N: class A\n    int X { get; }\n    void Go()\n\nN: class Gone\n\n",
                "N: class A\n    long X { get; }\n    void Go()\n\nN: class New\n    New()\n\n"
            )
            .ShouldBe(
                """
                  N: class A
                -     int X { get; }
                +     long X { get; }
                - N: class Gone
                + N: class New
                +     New()
                """.ReplaceLineEndings("\n")
            );

    [Fact]
    public void No_difference_is_empty() => ApiDifference.Of("N: class A\n\n", "N: class A\n\n").ShouldBeEmpty();

    public enum Color : byte
    {
        Red = 1,
        Blue = 4,
    }

    public delegate TOut? Mapping<TIn, TOut>(TIn value);

    public readonly record struct Point(int X, int Y)
    {
        public static Point operator +(Point left, Point right) => new(left.X + right.X, left.Y + right.Y);

        public static bool TryRead(ReadOnlySpan<char> text, out string? value, in int at, params string[] more)
        {
            value = more.Length > at ? more[at] : text.ToString();
            return true;
        }

        public static void Swap<TItem>(ref TItem? left, CancellationToken token = default)
            where TItem : struct, IComparable<TItem>
        {
            token.ThrowIfCancellationRequested();
            left = null;
        }
    }

    [Experimental("X1")]
    public sealed record Hidden(string Name, int? Size);

    public abstract class Everything<T> : List<T>, ICloneable
        where T : class, new()
    {
        public const double Pi = 3.14;
        public static readonly object Nothing = new();
        internal int Secret;

        protected Everything(bool flag = true) => Secret = flag ? 1 : 0;

        public event EventHandler? Changed;

        public required string[] Names { get; init; }

        [Obsolete("Use Names.")]
        public int? Old => Secret;

        public int this[long index]
        {
            get => Secret;
            set => Changed?.Invoke(this, EventArgs.Empty);
        }

        public abstract T? Find(string? name, IReadOnlyDictionary<string, string?> all, Color color = Color.Blue);

        public virtual Task<T?[]> ReadAsync() => Task.FromResult<T?[]>([null]);

        public object Clone() => MemberwiseClone();

        public override string ToString() => "";

        private protected void Inside() => Secret++;
    }
}
