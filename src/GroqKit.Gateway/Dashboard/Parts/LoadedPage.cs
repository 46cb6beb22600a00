using Microsoft.AspNetCore.Components;

namespace GroqKit.Gateway.Dashboard.Parts;

/// <summary>A page that has all it shows before it is made. Pages are sent whole, so nobody would see what comes before.</summary>
public abstract class LoadedPage : ComponentBase
{
    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Gets what the page shows.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;
}
