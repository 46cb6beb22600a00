namespace GroqKit.Documents;

/// <summary>What a piece of C# may take for granted, by the name that its note gives.</summary>
/// <param name="Usings">The namespaces that come with it.</param>
/// <param name="Declarations">What stands before the piece.</param>
internal sealed record Given(string[] Usings, string Declarations)
{
    private const string Server = "Environment.GetEnvironmentVariable(\"GROQ_BASE_URL\")";

    private static readonly string[] ProviderUsings =
    [
        "GroqKit.Providers",
        "GroqKit.Providers.Configuration",
        "GroqKit.Providers.Fallback",
        "Microsoft.Extensions.AI",
    ];

    private const string GroqProvider = $$"""
        new() { Name = "groq", Kind = "groq", ApiKey = "gsk_any", BaseUrl = {{Server}} }
        """;

    public static IReadOnlyDictionary<string, Given> Names { get; } =
        new Dictionary<string, Given>(StringComparer.Ordinal)
        {
            ["groq"] = new(["GroqKit", "GroqKit.Chat"], "using var groq = new GroqClient();"),
            ["request"] = new(
                ["GroqKit.Chat"],
                """var request = new ChatRequest { Model = "openai/gpt-oss-20b", Messages = ["Why is the sky blue?"] };"""
            ),
            ["simulator"] = new(
                ["GroqKit", "GroqKit.Chat", "GroqKit.Simulator.Hosting", "GroqKit.Simulator.RateLimits"],
                ""
            ),
            ["testing"] = new(["GroqKit", "GroqKit.Testing"], ""),
            ["extensions"] = new(["GroqKit", "Microsoft.Extensions.AI"], ""),
            ["container"] = new(
                ["Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection"],
                """
                var services = new ServiceCollection();
                var configuration = new ConfigurationBuilder()
                    .AddInMemoryCollection([new("Groq:ApiKey", "gsk_any"), new("Fast:ApiKey", "gsk_any")])
                    .Build();
                """
            ),
            ["openai"] = new(["OpenAI", "System.ClientModel"], ""),
            ["opentelemetry"] = new(["OpenTelemetry", "OpenTelemetry.Metrics", "OpenTelemetry.Trace"], ""),
            ["providers"] = new(ProviderUsings, """string groqKey = "gsk_any", openAiKey = "sk-any";"""),
            ["engine"] = new(
                [.. ProviderUsings, "GroqKit.Providers.Choosing", "GroqKit.Providers.Steering"],
                $$"""
                using ProviderSet known = ProviderRegistry.Default.Create([{{GroqProvider}}]);
                var engine = new FallbackEngine();
                FallbackTarget[] candidates = [new(known.Find("groq")!, "openai/gpt-oss-20b")];
                """
            ),
            ["voice"] = new(
                [.. ProviderUsings, "GroqKit.Voice"],
                $$"""
                using ProviderSet known = ProviderRegistry.Default.Create(
                [
                    {{GroqProvider}},
                    new()
                    {
                        Name = "elevenlabs",
                        Kind = "elevenlabs",
                        ApiKey = "any",
                        BaseUrl = {{Server}} + "sim/elevenlabs",
                        Voices = { ["default"] = "21m00Tcm4TlvDq8ikWAM" },
                    },
                ]);
                IProvider groq = known.Find("groq")!;
                IProvider elevenLabs = known.Find("elevenlabs")!;
                List<ChatMessage> history = [];
                var microphone = new MemoryStream(Microphone.Sound);
                var player = new Player();
                """
            ),
        };

    /// <summary>Types that the declarations use.</summary>
    public const string Types = """
        internal sealed class Player { public void Play(ReadOnlyMemory<byte> sound) => Console.WriteLine(sound.Length); }

        internal static class Microphone
        {
            // A second of a tone, loud enough to be taken for speech: 16 bits, 16 kHz.
            public static byte[] Sound { get; } =
                [.. Enumerable.Range(0, 16_000).SelectMany(at => BitConverter.GetBytes((short)(8_000 * Math.Sin(at * 0.2))))];
        }
        """;
}
