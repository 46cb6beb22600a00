using System.Security.Cryptography;

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>Boundaries of forms. Unguessable, so that no caller can write a file that holds its own.</summary>
internal static class UploadBoundary
{
    /// <param name="requestId">Makes it findable in a provider's log.</param>
    public static string Of(string requestId) =>
        $"{requestId}-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
}
