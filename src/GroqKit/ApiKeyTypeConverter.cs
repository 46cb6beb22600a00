using System.ComponentModel;
using System.Globalization;

namespace GroqKit;

/// <summary>Lets configuration binding turn text into a key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ApiKeyTypeConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string);

    /// <inheritdoc/>
    public override bool CanConvertTo(ITypeDescriptorContext? context, Type? destinationType) => false;

    /// <inheritdoc/>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? new ApiKey(text) : base.ConvertFrom(context, culture, value);
}
