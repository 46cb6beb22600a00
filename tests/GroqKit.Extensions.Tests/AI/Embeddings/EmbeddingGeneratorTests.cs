using GroqKit.Embeddings;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Embeddings;

[Requirement("CL-28", "CL-17")]
public sealed class EmbeddingGeneratorTests
{
    private const string Model = "nomic/embed";
    private const string Two = """
        {"object":"list","model":"nomic/embed","data":[
          {"object":"embedding","index":1,"embedding":[0.5,1]},
          {"object":"embedding","index":0,"embedding":[0.25,2]}],
         "usage":{"prompt_tokens":7,"total_tokens":7}}
        """;

    /// <summary>Every option, set alone, and what it adds to the body. Null: it fails.</summary>
    private static readonly Dictionary<string, (EmbeddingGenerationOptions Options, string? Fields)> Options = new()
    {
        [nameof(EmbeddingGenerationOptions.Dimensions)] = (new() { Dimensions = 3 }, null),
        [nameof(EmbeddingGenerationOptions.ModelId)] = (new() { ModelId = Model }, ""),
        [nameof(EmbeddingGenerationOptions.AdditionalProperties)] = (
            new()
            {
                AdditionalProperties = new()
                {
                    ["user"] = "u",
                    ["encoding_format"] = EmbeddingEncoding.Base64,
                    ["note"] = "another part's",
                },
            },
            ",\"encoding_format\":\"base64\",\"user\":\"u\""
        ),
        [nameof(EmbeddingGenerationOptions.RawRepresentationFactory)] = (
            new()
            {
                AdditionalProperties = new() { ["user"] = "hidden" },
                RawRepresentationFactory = _ => new EmbeddingRequest
                {
                    Model = "",
                    Input = "",
                    User = "mine",
                },
            },
            ",\"user\":\"mine\""
        ),
    };

    public static TheoryData<string> Names => [.. Options.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_option_is_sent_or_fails(string option)
    {
        var (options, fields) = Options[option];
        ScriptedHandler handler = new ScriptedHandler().Next(200, Two);
        using GroqClient groq = handler.CreateClient();
        IEmbeddingGenerator<string, Embedding<float>> generator = groq.AsIEmbeddingGenerator(Model);

        if (fields is null)
        {
            (
                await Should.ThrowAsync<NotSupportedException>(() => generator.GenerateAsync(["a", "b"], options))
            ).Message.ShouldStartWith($"EmbeddingGenerationOptions.{option}: ");
            handler.Calls.ShouldBe(0);
            return;
        }
        await generator.GenerateAsync(["a", "b"], options);
        handler.Requests.Single().Text.ShouldBe($$"""{"model":"{{Model}}","input":["a","b"]{{fields}}}""");
    }

    [Fact]
    public void Every_option_has_its_case() =>
        typeof(EmbeddingGenerationOptions)
            .GetProperties()
            .Select(property => property.Name)
            .ShouldBe(Options.Keys, ignoreOrder: true);

    [Fact]
    public async Task Each_text_gets_its_vector_whatever_the_order_of_arrival()
    {
        using GroqClient groq = new ScriptedHandler().Next(200, Two).CreateClient();

        GeneratedEmbeddings<Embedding<float>> answer = await groq.AsIEmbeddingGenerator(Model)
            .GenerateAsync(["a", "b"]);

        answer
            .Select(vector => vector.Vector.ToArray())
            .ShouldBe([
                [0.25f, 2],
                [0.5f, 1],
            ]);
        answer.ShouldAllBe(vector => vector.ModelId == Model);
        answer.Usage!.InputTokenCount.ShouldBe(7);
        answer.Usage.TotalTokenCount.ShouldBe(7);
    }

    [Fact]
    public async Task A_vector_that_is_missing_is_an_error()
    {
        using GroqClient groq = new ScriptedHandler().Next(200, Two).CreateClient();

        (
            await Should.ThrowAsync<GroqServerException>(() =>
                groq.AsIEmbeddingGenerator(Model).GenerateAsync(["a", "b", "c"])
            )
        ).Message.ShouldContain("text 2 of 3");
    }

    [Fact]
    public async Task Without_any_model_nothing_is_sent()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        (
            await Should.ThrowAsync<GroqValidationException>(() => groq.AsIEmbeddingGenerator().GenerateAsync(["a"]))
        ).Parameter.ShouldBe("model");
        await Should.ThrowAsync<ArgumentNullException>(() => groq.AsIEmbeddingGenerator(Model).GenerateAsync(null!));
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Errors_stay_typed()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Error(404, "no such model", code: "model_not_found"))
            .CreateClient();

        await Should.ThrowAsync<GroqModelException>(() => groq.AsIEmbeddingGenerator(Model).GenerateAsync(["a"]));
    }

    [Fact]
    public void The_generator_says_what_it_is()
    {
        using GroqClient groq = new ScriptedHandler().CreateClient();
        IEmbeddingGenerator<string, Embedding<float>> generator = groq.AsIEmbeddingGenerator(Model, 768);

        var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
        metadata.ProviderName.ShouldBe("groq");
        metadata.ProviderUri.ShouldBe(groq.BaseAddress);
        metadata.DefaultModelId.ShouldBe(Model);
        metadata.DefaultModelDimensions.ShouldBe(768);
        generator.GetService<GroqClient>().ShouldBeSameAs(groq);
        generator.GetService<IEmbeddingGenerator>().ShouldBeSameAs(generator);
        generator.GetService(typeof(GroqClient), "key").ShouldBeNull();
        generator.GetService(typeof(Uri)).ShouldBeNull();
        Should.Throw<ArgumentNullException>(() => generator.GetService(null!));
        Should.Throw<ArgumentOutOfRangeException>(() => groq.AsIEmbeddingGenerator(Model, 0));
    }
}
