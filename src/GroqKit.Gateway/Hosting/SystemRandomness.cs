using System.Security.Cryptography;

namespace GroqKit.Gateway.Hosting;

/// <summary>Where the gateway's chance comes from. Thread-safe.</summary>
internal static class SystemRandomness
{
    /// <summary>A number from 0 to 1.</summary>
    public static double Next() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
