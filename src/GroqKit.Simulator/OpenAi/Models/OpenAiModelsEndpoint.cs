using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.OpenAi.Models;

/// <summary><c>GET models</c> and <c>GET models/{id}</c>.</summary>
internal sealed class OpenAiModelsEndpoint : IApiEndpoint
{
    public Task HandleAsync(Exchange exchange)
    {
        string id = exchange.RouteText(ModelEndpoint.IdKey).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (id.Length == 0)
            return exchange.SendJsonAsync(WriteList);
        OpenAiModel model =
            OpenAiCatalog.Find(id)
            ?? throw new ApiException(
                ApiErrors.ModelNotFound(id) with
                {
                    Message = $"The model '{id}' does not exist",
                }
            );
        return exchange.SendJsonAsync(json => Write(json, model));
    }

    private static void WriteList(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (OpenAiModel model in OpenAiCatalog.All)
            Write(json, model);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OpenAiModel model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, model.Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, model.Model.Created);
        json.WriteString("owned_by"u8, model.Model.Owner);
        json.WriteNull("shutdown_date"u8);
        json.WriteEndObject();
    }
}
