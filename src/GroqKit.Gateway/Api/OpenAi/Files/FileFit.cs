using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Api.OpenAi.Files;

/// <summary>Files go to providers as they come, but for personal data in their lines.</summary>
/// <param name="lines">Masks it; null where the file goes as it is.</param>
/// <param name="clean">What is done with a field's value; null where nothing is.</param>
/// <param name="keep">Keeps what the placeholders stand for; null where nobody wants it back.</param>
internal sealed class FileFit(
    Func<Action<LineMasks>?, MaskedLines>? lines,
    Func<string, string, string>? clean,
    Func<IReadOnlyList<LineMasks>, CancellationToken, Task>? keep
) : IUploadFit
{
    private readonly List<LineMasks> _masked = [];

    public string FileField => "file";

    public MaskedLines? Lines() => lines?.Invoke(keep is null ? null : _masked.Add);

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (keep is null || _masked.Count == 0)
            return;
        LineMasks[] ready = [.. _masked];
        _masked.Clear();
        try
        {
            await keep(ready, cancellationToken);
        }
        catch (Exception failure) when (failure is StorageException or SecretException)
        {
            throw RequestErrors.StorageUnavailable(failure);
        }
    }

    public IEnumerable<UploadField> Fit(IReadOnlyList<UploadField> fields) =>
        clean is null ? fields : fields.Select(field => field with { Value = clean(field.Value, field.Name) });

    public IEnumerable<UploadField> Close(IReadOnlyList<UploadField> all) =>
        all.Any(field => field.Name == "purpose") ? [] : throw RequestErrors.Missing("purpose");
}
