using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>A page of the dashboard.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Needed">What a key has to permit to see it.</param>
/// <param name="Component">What is on it.</param>
internal sealed record PageRoute(string Path, string Title, Scopes Needed, Type Component);
