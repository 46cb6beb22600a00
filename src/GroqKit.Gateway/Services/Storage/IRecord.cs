namespace GroqKit.Gateway.Services.Storage;

/// <summary>Something that operators configure. Immutable; a change makes a new one with the next version.</summary>
internal interface IRecord
{
    /// <summary>Whose it is.</summary>
    string Tenant { get; }

    /// <summary>Its name among others of its kind and tenant.</summary>
    string Key { get; }

    /// <summary>1 when it was made, one more with every change.</summary>
    long Version { get; }
}
