using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>Turns a caller's form into the one that a provider takes.</summary>
internal interface IUploadFit
{
    /// <summary>The name of the field that holds the file.</summary>
    string FileField { get; }

    /// <summary>The provider's fields for some of the caller's.</summary>
    /// <exception cref="GatewayException">A field is wrong.</exception>
    IEnumerable<UploadField> Fit(IReadOnlyList<UploadField> fields);

    /// <summary>The fields that the provider gets besides, once all of the caller's are known.</summary>
    /// <exception cref="GatewayException">A field is missing or wrong.</exception>
    IEnumerable<UploadField> Close(IReadOnlyList<UploadField> all);
}
