using System.Text;

namespace GroqKit.Chat;

/// <summary>Names of types as Groq takes them: 1 to 64 of letters, digits, underscore and hyphen.</summary>
internal static class SchemaNames
{
    private const int MaxLength = 64;

    public static string Of(Type type)
    {
        var name = new StringBuilder();
        Append(name, type);
        if (name.Length > MaxLength)
            name.Length = MaxLength;
        return name.ToString();
    }

    private static void Append(StringBuilder name, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray)
        {
            name.Append("Array_");
            Append(name, type.GetElementType()!);
            return;
        }
        foreach (char letter in type.Name.AsSpan(0, EndOfName(type.Name)))
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        foreach (Type argument in type.GenericTypeArguments)
        {
            name.Append('_');
            Append(name, argument);
        }
    }

    // "List`1" ends at the mark of its arity.
    private static int EndOfName(string name) => name.IndexOf('`') is var mark and >= 0 ? mark : name.Length;
}
