using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Files;

/// <summary><c>POST files</c>.</summary>
internal sealed class FileUploadEndpoint(FileStore files) : IApiEndpoint
{
    public async Task HandleAsync(Exchange exchange)
    {
        MultipartForm form = await MultipartForm.ReadAsync(exchange);
        string purpose = form.Fields.Require("purpose").OneOf("batch", "fine_tuning");
        foreach (string name in form.Fields.Properties().Select(field => field.Name).Concat(form.Files.Keys))
        {
            if (name is not ("purpose" or "file"))
                throw new ApiException(ApiErrors.Invalid($"property '{name}' is unsupported", name));
        }

        if (!form.Files.TryGetValue("file", out UploadedFile? file))
            throw new ApiException(ApiErrors.Invalid("file is required", "file"));
        if (file.Bytes.Length == 0)
            throw new ApiException(ApiErrors.Invalid("file is empty", "file"));
        if (purpose is "batch" && !file.Name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            throw new ApiException(ApiErrors.Invalid("file must be a .jsonl file for batches", "file"));
        StoredFile stored = files.Add(file.Name, purpose, file.Bytes, exchange.Key);
        await exchange.SendJsonAsync(stored.Write);
    }
}
