using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Embeddings;

/// <summary><c>POST embeddings</c>.</summary>
internal sealed class EmbeddingsEndpoint(ModelCatalog models, ModelFaults faults, RateLimiter limiter) : IApiEndpoint
{
    private const int MostInputs = 2048;

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string name = root.Require("model").NonEmptyText();
            exchange.Record?.SetModel(name);
            string[] inputs = ReadInputs(root.Require("input"));
            bool isBase64 = false;
            foreach (Field field in root.Properties())
            {
                if (field.Name is "encoding_format")
                    isBase64 = field.OneOf("float", "base64") is "base64";
                else if (field.Name is "user")
                    _ = field.IsNull ? null : field.Text();
                else if (field.Name is not ("model" or "input"))
                    throw field.Unsupported();
            }

            if (await faults.ApplyAsync(exchange, name))
                return;
            Model model = models.Resolve(name, ModelCatalog.Embedding);
            if (model.Kind is not "embedding")
                throw new ApiException(ApiErrors.Invalid($"The model `{name}` does not support embeddings", "model"));
            int tokens = inputs.Sum(input => TokenRule.Count(input));
            limiter.Admit(exchange, model, new RateCost(tokens));
            await exchange.SendJsonAsync(json =>
                EmbeddingWriter.Write(json, name, [.. inputs.Select(input => Meaning.Of(input))], tokens, isBase64)
            );
        }
    }

    private static string[] ReadInputs(Field input)
    {
        if (input.IsText)
            return [input.NonEmptyText()];
        if (!input.IsArray)
            throw input.Must("be a string or an array of strings");
        return [.. input.Items(1, MostInputs).Select(item => item.NonEmptyText())];
    }
}
