using System.Text;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Audio;

/// <summary><c>POST audio/transcriptions</c> and <c>POST audio/translations</c>.</summary>
internal sealed class TranscriptionEndpoint(
    ModelCatalog models,
    ModelFaults faults,
    RateLimiter limiter,
    bool translates
) : IApiEndpoint
{
    private const int MostBytes = 25 * 1024 * 1024;
    private const int ShortestBilled = 10;

    public async Task HandleAsync(Exchange exchange)
    {
        MultipartForm form = await MultipartForm.ReadAsync(exchange, TranscriptionRequest.Numbers);
        foreach (string name in form.Files.Keys)
        {
            if (name is not "file")
                throw new ApiException(ApiErrors.Invalid($"property '{name}' is unsupported", name));
        }

        UploadedFile? file = form.Files.GetValueOrDefault("file");
        if (file?.Bytes.Length > MostBytes)
            throw new ApiException(ApiErrors.BodyTooLarge(MostBytes));
        TranscriptionRequest request = TranscriptionRequest.Read(form.Fields, file, translates);
        exchange.Record?.SetModel(request.Model);
        if (await faults.ApplyAsync(exchange, request.Model))
            return;
        Model model = Resolve(models, request, translates);
        Hearing hearing = Hearing.Of(request.Audio, request.Source, exchange.Words?.Text);
        int seconds = Math.Max(ShortestBilled, (int)Math.Ceiling(hearing.Seconds));
        limiter.Admit(exchange, model, new RateCost(AudioSeconds: seconds));
        if (request.Format is "text")
            await exchange.SendAsync(
                StatusCodes.Status200OK,
                "text/plain; charset=utf-8",
                Encoding.UTF8.GetBytes(hearing.Text)
            );
        else
            await exchange.SendJsonAsync(json =>
                TranscriptWriter.Write(json, request, hearing, translates, exchange.Id)
            );
    }

    /// <exception cref="ApiException">The model is not one that hears, or not one that translates.</exception>
    public static Model Resolve(ModelCatalog models, TranscriptionRequest request, bool translates)
    {
        Model model = models.Resolve(request.Model, "whisper-large-v3");
        return model.Can(translates ? "translation" : "transcription")
            ? model
            : throw new ApiException(
                ApiErrors.Invalid(
                    $"The model `{request.Model}` does not support audio {(translates ? "translations" : "transcriptions")}",
                    "model"
                )
            );
    }
}
