using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

[Requirement("CL-28")]
public sealed class DependencyTests
{
    [Fact]
    public void The_package_stands_on_abstractions_alone() =>
        typeof(GroqAIExtensions)
            .Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal))
            .ShouldAllBe(name =>
                name.EndsWith(".Abstractions", StringComparison.Ordinal)
                || name == "Microsoft.Extensions.Options"
                || name == "Microsoft.Extensions.Primitives"
            );
}
