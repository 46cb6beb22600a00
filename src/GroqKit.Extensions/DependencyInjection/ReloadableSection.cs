using Microsoft.Extensions.Configuration;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>A section that options of a name are read from, and that may change.</summary>
internal sealed record ReloadableSection(string OptionsName, IConfiguration Section);
