using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Runs a theory once on each database; its only parameter is the <see cref="Engine"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryEngineAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([.. Enum.GetValues<Engine>().Select(engine => new TheoryDataRow<Engine>(engine))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
