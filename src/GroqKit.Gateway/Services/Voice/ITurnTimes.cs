using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>Told how long spoken turns took. Safe for all threads.</summary>
internal interface ITurnTimes
{
    /// <summary>A turn has ended.</summary>
    /// <param name="timings">When things happened in it.</param>
    /// <param name="isSpoken">Whether it began with sound; else it was typed.</param>
    void Record(VoiceTimings timings, bool isSpoken);
}
