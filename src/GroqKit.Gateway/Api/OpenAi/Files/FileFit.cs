using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi.Files;

/// <summary>Files go to providers as they come.</summary>
internal sealed class FileFit : IUploadFit
{
    public string FileField => "file";

    public IEnumerable<UploadField> Fit(IReadOnlyList<UploadField> fields) => fields;

    public IEnumerable<UploadField> Close(IReadOnlyList<UploadField> all) =>
        all.Any(field => field.Name == "purpose") ? [] : throw RequestErrors.Missing("purpose");
}
