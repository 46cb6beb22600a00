namespace GroqKit.Simulator.Errors;

/// <summary>Ends a request with an error body; only the pipeline catches it.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
