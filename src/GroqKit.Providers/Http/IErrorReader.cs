using System.Net;

namespace GroqKit.Providers.Http;

/// <summary>Reads the errors of one provider.</summary>
internal interface IErrorReader
{
    /// <summary>The failure that an answer tells. Never throws: a body that cannot be read leaves the kind to the status.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="body">The body, cut where it is absurdly long.</param>
    /// <param name="known">Call, request id and wait.</param>
    ProviderException Read(HttpStatusCode status, string body, ProviderFailureDetails known);
}
