using GroqKit.Errors;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.FineTunings;

/// <summary>What Groq would refuse anyway, found before anything is sent.</summary>
internal static class FineTuningRequestRules
{
    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(FineTuningRequest request)
    {
        Rules.CheckId("input_file_id", request.InputFileId);
        Rules.CheckText("name", request.Name);
        Rules.CheckText("type", request.Type);
        ModelName.Check(request.BaseModel, "base_model");
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.FineTuningRequest);
    }
}
