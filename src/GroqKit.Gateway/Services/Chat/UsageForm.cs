namespace GroqKit.Gateway.Services.Chat;

/// <summary>How a request says, or does not say, whether its stream is to tell what it used.</summary>
internal enum UsageForm
{
    /// <summary>There is no <c>stream_options</c>.</summary>
    NoOptions,

    /// <summary>It is null.</summary>
    NullOptions,

    /// <summary>It is an empty object.</summary>
    EmptyOptions,

    /// <summary>It has other members only.</summary>
    OtherOptions,

    /// <summary>It says so itself.</summary>
    Said,
}
