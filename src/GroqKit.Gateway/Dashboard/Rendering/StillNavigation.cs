using Microsoft.AspNetCore.Components;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>Where a page is. Pages are made once and sent, so nothing navigates.</summary>
internal sealed class StillNavigation : NavigationManager
{
    // The components ask only whether something is there.
    public StillNavigation() => Initialize("http://localhost/", "http://localhost/");
}
