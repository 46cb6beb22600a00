namespace GroqKit.Providers;

/// <summary>Turns what a client raises into a <see cref="ProviderException"/>.</summary>
internal interface IFailureTranslation
{
    /// <summary>False for what stays as it is, such as the caller's own cancellation.</summary>
    /// <param name="error">What was raised.</param>
    bool Handles(Exception error);

    /// <summary>The failure in the words of all providers.</summary>
    /// <param name="error">What was raised, and is handled.</param>
    /// <param name="model">The model that was called, as far as it is known.</param>
    ProviderException Translate(Exception error, string? model);
}
