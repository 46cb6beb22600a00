using Microsoft.AspNetCore.Components;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>Where a page is: what a form without an address is sent to. Pages are made once and sent, so nothing navigates.</summary>
internal sealed class StillNavigation(Visit visit) : NavigationManager
{
    protected override void EnsureInitialized() => Initialize(visit.Address + "/", visit.Address + visit.With());
}
