namespace GroqKit.Gateway.Services.Limits;

/// <summary>Makes counters: of this process alone, or shared by all nodes.</summary>
internal interface ILimitCounters
{
    ILimitCounter Create(LimitSubject subject, LimitUnit unit, LimitWindow window);
}
