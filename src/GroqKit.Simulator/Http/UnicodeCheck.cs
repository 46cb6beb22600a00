using System.Text.Json;

namespace GroqKit.Simulator.Http;

/// <summary>Finds strings and names that hold half of a surrogate pair, which no text may hold and no reader could pass on.</summary>
internal static class UnicodeCheck
{
    /// <exception cref="Errors.ApiException">There is one; the error names the place.</exception>
    public static void Check(Field field)
    {
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (Field property in field.Properties())
                    Check(property);
                break;
            case JsonValueKind.Array:
                foreach (Field item in field.Items(0, int.MaxValue))
                    Check(item);
                break;
            case JsonValueKind.String:
                CheckText(field);
                break;
        }
    }

    private static void CheckText(Field field)
    {
        try
        {
            field.Value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw field.Must("be valid Unicode; it holds half of a surrogate pair");
        }
    }
}
