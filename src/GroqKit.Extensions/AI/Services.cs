namespace GroqKit.Extensions.AI;

/// <summary>What an adapter answers when it is asked for what it is, or what it stands on.</summary>
internal static class Services
{
    /// <returns>The first that is of the type; null when a key is given, since adapters have no keyed services.</returns>
    public static object? Find(Type serviceType, object? serviceKey, params ReadOnlySpan<object> services)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        foreach (object service in services)
        {
            if (serviceType.IsInstanceOfType(service))
                return service;
        }
        return null;
    }
}
