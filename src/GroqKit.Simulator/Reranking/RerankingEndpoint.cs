using System.Text.Json;
using GroqKit.Simulator.Embeddings;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Reranking;

/// <summary><c>POST reranking</c>: documents by how much they have in common with the query.</summary>
internal sealed class RerankingEndpoint(ModelCatalog models, ModelFaults faults, RateLimiter limiter) : IApiEndpoint
{
    private const int MostDocuments = 100;

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string name = root.Require("model").NonEmptyText();
            exchange.Record?.SetModel(name);
            string query = root.Require("query").NonEmptyText();
            string[] documents = [.. root.Require("docs").Items(1, MostDocuments).Select(item => item.Text())];
            foreach (Field field in root.Properties())
            {
                if (field.Name is "instruction")
                    _ = field.IsNull ? null : field.Text();
                else if (field.Name is not ("model" or "query" or "docs"))
                    throw field.Unsupported();
            }

            if (await faults.ApplyAsync(exchange, name))
                return;
            Model model = models.Resolve(name, ModelCatalog.Reranker);
            if (model.Kind is not "reranking")
                throw new ApiException(ApiErrors.Invalid($"The model `{name}` does not support reranking", "model"));
            int tokens = TokenRule.Count(query) + documents.Sum(text => TokenRule.Count(text));
            limiter.Admit(exchange, model, new RateCost(tokens));
            await exchange.SendJsonAsync(json => Write(json, query, documents));
        }
    }

    private static void Write(Utf8JsonWriter json, string query, string[] documents)
    {
        float[] wanted = Meaning.Of(query);
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        foreach (
            (string text, double score) in documents
                .Select(text => (text, Math.Clamp(Meaning.Likeness(wanted, Meaning.Of(text)), 0, 1)))
                .OrderByDescending(entry => entry.Item2)
        )
        {
            json.WriteStartObject();
            json.WriteString("doc"u8, text);
            json.WriteNumber("score"u8, Math.Round(score, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
