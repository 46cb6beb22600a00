namespace GroqKit.Gateway.Services.Realtime;

/// <summary>How long realtime sessions wait. Immutable.</summary>
/// <param name="PingInterval">A caller that sends nothing is asked so often whether it is there.</param>
/// <param name="PingTimeout">One that neither answers nor takes what it is sent for so long is gone.</param>
/// <param name="MinInterruption">Speech has to last so long before it ends an answer.</param>
internal sealed record RealtimeTimes(TimeSpan PingInterval, TimeSpan PingTimeout, TimeSpan MinInterruption);
