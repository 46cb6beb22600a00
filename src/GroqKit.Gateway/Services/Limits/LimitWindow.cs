namespace GroqKit.Gateway.Services.Limits;

/// <summary>The span of time that a limit holds for.</summary>
internal enum LimitWindow
{
    /// <summary>Any 60 seconds, wherever they begin.</summary>
    Minute,

    /// <summary>The calendar day in UTC.</summary>
    Day,

    /// <summary>The calendar month in UTC.</summary>
    Month,
}
