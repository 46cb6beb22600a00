using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Files;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.FineTunings;

/// <summary><c>POST</c> and <c>GET /v1/fine_tunings</c>.</summary>
internal sealed class FineTuningsEndpoint(FineTuningStore store, FileStore files, TimeProvider time) : IApiEndpoint
{
    public Task HandleAsync(Exchange exchange) =>
        HttpMethods.IsPost(exchange.Http.Request.Method) ? CreateAsync(exchange) : ListAsync(exchange);

    private Task ListAsync(Exchange exchange) =>
        exchange.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (FineTuning made in store.List(exchange.Key))
                made.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private async Task CreateAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string name = root.Require("name").NonEmptyText();
            string model = root.Require("base_model").NonEmptyText();
            string type = root.Require("type").OneOf("lora");
            Field input = root.Require("input_file_id");
            foreach (Field field in root.Properties())
            {
                if (field.Name is not ("name" or "base_model" or "type" or "input_file_id"))
                    throw field.Unsupported();
            }

            if (files.Find(input.Text(), exchange.Key) is not { } file)
                throw new ApiException(
                    ApiErrors.NotFound($"No file with id `{input.Text()}` was found.", "input_file_id")
                );
            if (file.Purpose is not "fine_tuning")
                throw input.Must("be a file with the purpose fine_tuning");
            var dice = new Dice(StableHash.Of(name) + (ulong)store.Count);
            var made = new FineTuning(
                $"ft_{Identifiers.Uuid(dice)}",
                name,
                model,
                type,
                file.Id,
                time.GetUtcNow().ToUnixTimeSeconds(),
                $"ft:{model}:simulator/{name}-{Identifiers.Nine(dice)}",
                exchange.Key
            );
            store.Add(made);
            await SendAsync(exchange, made);
        }
    }

    public static Task SendAsync(Exchange exchange, FineTuning made) =>
        exchange.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, made.Id);
            json.WriteString("object"u8, "fine_tuning"u8);
            json.WritePropertyName("data"u8);
            made.Write(json);
            json.WriteEndObject();
        });
}
