using System.Text;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Names that callers give their calls, for reports and limits: of a conversation, of their own user.</summary>
internal static class CallLabels
{
    public const int MaxBytes = 256;

    /// <returns>The label, or null when it is empty.</returns>
    /// <exception cref="GatewayException">It can't be kept as it is.</exception>
    public static string? Check(string? label, string param)
    {
        if (string.IsNullOrEmpty(label))
            return null;
        if (label.Length > MaxBytes || Encoding.UTF8.GetByteCount(label) > MaxBytes)
            throw RequestErrors.WrongValue(param, $"is longer than {MaxBytes} bytes");
        if (label.Any(char.IsControl))
            throw RequestErrors.WrongValue(param, "holds a control character");
        return label;
    }
}
