using System.Collections.Immutable;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A record with secrets that messages are signed with.</summary>
internal interface ISigned<TSelf> : IRecord
    where TSelf : ISigned<TSelf>
{
    /// <summary>Where its secrets belong, for their protection.</summary>
    string Place { get; }

    /// <summary>The newest first.</summary>
    ImmutableArray<SealedSecret> Secrets { get; }

    /// <summary>The next version of it.</summary>
    /// <param name="secrets">Its secrets.</param>
    /// <param name="changedAt">When people changed it; null where only the gateway did.</param>
    TSelf With(ImmutableArray<SealedSecret> secrets, DateTimeOffset? changedAt);
}
