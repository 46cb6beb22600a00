using System.Text.Json;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>The JSON form of limits, strict: what can't be meant as written is an error that names its field.</summary>
internal static class LimitPolicyJson
{
    private static readonly string[] Units = ["requests", "tokens", "audioSeconds", "characters", "cost"];
    private static readonly string[] Windows = ["minute", "day", "month"];

    /// <summary>The unit's name in JSON and in messages.</summary>
    public static string NameOf(LimitUnit unit) => Units[(int)unit];

    /// <summary>The window's name in JSON and in messages.</summary>
    public static string NameOf(LimitWindow window) => Windows[(int)window];

    /// <param name="json">The value of the field; null stands for no limits.</param>
    /// <param name="field">The field's name, for example <c>limits</c>.</param>
    /// <exception cref="LimitPolicyException">The value can't be meant as written.</exception>
    public static LimitPolicy Read(JsonElement json, string field)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return LimitPolicy.Unlimited;
        var limits = new List<Limit>();
        foreach ((int unit, JsonElement windows, string unitField) in Members(json, field, Units))
        {
            foreach ((int window, JsonElement amount, string path) in Members(windows, unitField, Windows))
            {
                if (amount.ValueKind != JsonValueKind.Null)
                    limits.Add(new Limit((LimitUnit)unit, (LimitWindow)window, Amount(amount, (LimitUnit)unit, path)));
            }
        }
        return limits.Count == 0 ? LimitPolicy.Unlimited : new LimitPolicy(limits);
    }

    public static void Write(Utf8JsonWriter json, LimitPolicy policy)
    {
        json.WriteStartObject();
        foreach (IGrouping<LimitUnit, Limit> unit in policy.Limits.GroupBy(limit => limit.Unit))
        {
            json.WriteStartObject(NameOf(unit.Key));
            foreach (Limit limit in unit)
                json.WriteNumber(NameOf(limit.Window), limit.Amount);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static IEnumerable<(int Index, JsonElement Value, string Field)> Members(
        JsonElement json,
        string field,
        string[] names
    )
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new LimitPolicyException(field, $"must be an object with {string.Join(", ", names)}");
        int seen = 0;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            string path = $"{field}.{member.Name}";
            int index = Array.IndexOf(names, member.Name);
            if (index < 0)
                throw new LimitPolicyException(path, $"is not one of {string.Join(", ", names)}");
            if ((seen & (1 << index)) != 0)
                throw new LimitPolicyException(path, "appears more than once");
            seen |= 1 << index;
            yield return (index, member.Value, path);
        }
    }

    private static decimal Amount(JsonElement json, LimitUnit unit, string field)
    {
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDecimal(out decimal amount))
            throw new LimitPolicyException(field, "must be a number");
        if (amount is < 0 or > Limit.MaxAmount)
            throw new LimitPolicyException(field, $"must be from 0 to {Limit.MaxAmount:0}");
        int decimals = Decimals(unit);
        if (decimal.Round(amount, decimals) != amount)
            throw new LimitPolicyException(
                field,
                decimals == 0 ? "must be a whole number" : $"must have at most {decimals} decimal places"
            );
        return amount;
    }

    private static int Decimals(LimitUnit unit) =>
        unit switch
        {
            LimitUnit.AudioSeconds => 3,
            LimitUnit.Cost => 9,
            _ => 0,
        };
}
