namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Told who failed or was passed over in a call: a feature of its context, for whoever makes it within the process.</summary>
internal interface IFallbackWatch
{
    /// <param name="who">The provider and its model.</param>
    /// <param name="reason">Why, as the answer's header words it.</param>
    void Failed(string who, string reason);
}
