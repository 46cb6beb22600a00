namespace GroqKit.Gateway.Services.Webhooks;

internal enum SignatureVerdict
{
    Valid,
    HeadersMissing,
    Malformed,
    Wrong,
    TooOld,
    FromTheFuture,
}
