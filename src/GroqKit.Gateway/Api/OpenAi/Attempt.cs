using System.Runtime.InteropServices;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>One provider is asked for a call.</summary>
/// <param name="Exchange">The call; its lifetime is this attempt's own.</param>
/// <param name="Route">Who is asked, and for which model.</param>
/// <param name="Lane">Takes what is learned of the provider's limits; null where nobody else could be asked anyway.</param>
/// <param name="More">Whether somebody else is left to ask, so that patience may be short.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Attempt(Exchange Exchange, ModelRoute Route, UpstreamLane? Lane, bool More);
