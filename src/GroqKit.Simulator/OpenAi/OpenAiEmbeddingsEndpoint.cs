using System.Text.Json;
using GroqKit.Simulator.Embeddings;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi;

/// <summary><c>POST embeddings</c>: texts or tokens, as numbers or packed, shortened on demand.</summary>
internal sealed class OpenAiEmbeddingsEndpoint(ModelFaults faults, RateLimiter limiter) : IApiEndpoint
{
    private const int MostInputs = 2_048;
    private const int MostTokens = 8_192;
    private const string Ada = "text-embedding-ada-002";

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string name = root.Require("model").NonEmptyText();
            exchange.Record?.SetModel(name);
            string[] inputs = ReadInputs(root.Require("input"));
            if (await faults.ApplyAsync(exchange, name))
                return;
            OpenAiModel model = OpenAiCatalog.Resolve(name, "text-embedding-3-small", "embedding");
            (int dimensions, bool isBase64) = ReadOptions(root, model);
            int tokens = inputs.Sum(input => TokenRule.Count(input));
            if (inputs.Any(input => TokenRule.Count(input) > MostTokens))
                throw new ApiException(ApiErrors.ContextLengthExceeded() with { Param = "input" });
            limiter.Admit(exchange, model.Model, new RateCost(tokens))?.WriteHeaders(exchange.Http.Response.Headers);
            exchange.Http.Response.Headers["openai-model"] = model.Id;
            float[][] vectors = [.. inputs.Select(input => Meaning.Of(input, dimensions))];
            await exchange.SendJsonAsync(json => EmbeddingWriter.Write(json, model.Id, vectors, tokens, isBase64));
        }
    }

    private static (int Dimensions, bool IsBase64) ReadOptions(Field root, OpenAiModel model)
    {
        int dimensions = model.Model.MaxOutput ?? Meaning.Dimensions;
        bool isBase64 = false;
        foreach (Field field in root.Properties())
        {
            switch (field.Name)
            {
                case "model" or "input":
                    break;
                case "encoding_format":
                    isBase64 = field.OneOf("float", "base64") is "base64";
                    break;
                case "dimensions" when field.IsNull:
                    break;
                case "dimensions":
                    if (model.Id is Ada)
                        throw field.Error("This model does not support specifying dimensions.");
                    dimensions = field.Integer(1, dimensions);
                    break;
                case "user":
                    _ = field.IsNull ? null : field.Text();
                    break;
                default:
                    throw OpenAiWire.Unrecognized(field.Name);
            }
        }

        return (dimensions, isBase64);
    }

    private static string[] ReadInputs(Field input)
    {
        if (input.IsText)
            return [input.NonEmptyText()];
        Field[] items = [.. input.Items(1, MostInputs)];
        // Numbers are tokens: of one text, or in arrays of several.
        if (items[0].Value.ValueKind is JsonValueKind.Number)
            return [Tokens(input)];
        return [.. items.Select(item => item.IsArray ? Tokens(item) : item.NonEmptyText())];
    }

    private static string Tokens(Field tokens) =>
        string.Join(' ', tokens.Items(1, MostTokens).Select(token => $"t{token.Integer(0, int.MaxValue)}"));
}
