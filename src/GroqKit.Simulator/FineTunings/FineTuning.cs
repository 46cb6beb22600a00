using System.Text.Json;

namespace GroqKit.Simulator.FineTunings;

/// <summary>An adapter that was made of an uploaded file, and the model that it became.</summary>
internal sealed record FineTuning(
    string Id,
    string Name,
    string BaseModel,
    string Type,
    string InputFile,
    long CreatedAt,
    string Model,
    string Owner
)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("name"u8, Name);
        json.WriteString("base_model"u8, BaseModel);
        json.WriteString("type"u8, Type);
        json.WriteString("input_file_id"u8, InputFile);
        json.WriteNumber("created_at"u8, CreatedAt);
        json.WriteString("fine_tuned_model"u8, Model);
        json.WriteEndObject();
    }
}
