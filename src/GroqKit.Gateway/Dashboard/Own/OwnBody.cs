using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>Tells a route that its request has a body.</summary>
internal sealed class OwnBody : IHttpRequestBodyDetectionFeature
{
    public bool CanHaveBody => true;
}
