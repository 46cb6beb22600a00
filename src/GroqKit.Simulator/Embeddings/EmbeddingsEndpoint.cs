using System.Buffers.Binary;
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
            await exchange.SendJsonAsync(json => Write(json, name, inputs, tokens, isBase64));
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

    private static void Write(Utf8JsonWriter json, string model, string[] inputs, int tokens, bool isBase64)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (int i = 0; i < inputs.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, i);
            json.WritePropertyName("embedding"u8);
            WriteVector(json, Meaning.Of(inputs[i]), isBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, model);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, tokens);
        json.WriteNumber("total_tokens"u8, tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, float[] vector, bool isBase64)
    {
        if (isBase64)
        {
            byte[] bytes = new byte[vector.Length * sizeof(float)];
            for (int i = 0; i < vector.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
            json.WriteBase64StringValue(bytes);
            return;
        }

        json.WriteStartArray();
        foreach (float value in vector)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
