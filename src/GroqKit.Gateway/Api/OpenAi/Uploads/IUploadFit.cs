using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>Turns a caller's form into the one that a provider takes.</summary>
internal interface IUploadFit
{
    /// <summary>The name of the field that holds the file.</summary>
    string FileField { get; }

    /// <summary>What is done to the lines of the file, anew for every attempt; null where it goes as it is.</summary>
    MaskedLines? Lines();

    /// <summary>Called after each piece of the file, for what its lines left behind.</summary>
    /// <exception cref="GatewayException">It can't be kept.</exception>
    Task KeepAsync(CancellationToken cancellationToken);

    /// <summary>The provider's fields for some of the caller's.</summary>
    /// <exception cref="GatewayException">A field is wrong.</exception>
    IEnumerable<UploadField> Fit(IReadOnlyList<UploadField> fields);

    /// <summary>The fields that the provider gets besides, once all of the caller's are known.</summary>
    /// <exception cref="GatewayException">A field is missing or wrong.</exception>
    IEnumerable<UploadField> Close(IReadOnlyList<UploadField> all);
}
