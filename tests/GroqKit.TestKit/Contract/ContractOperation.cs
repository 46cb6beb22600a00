using System.Text.Json;

namespace GroqKit.TestKit.Contract;

/// <summary>One operation of the contract, and which requests are meant for it.</summary>
internal sealed class ContractOperation
{
    private readonly string _method;
    private readonly string[] _segments;

    public ContractOperation(string name, JsonElement definition)
    {
        Name = name;
        Definition = definition;
        string[] parts = name.Split(' ');
        _method = parts[0];
        _segments = parts[1].Split('/');
    }

    public string Name { get; }

    public JsonElement Definition { get; }

    /// <summary>More literal segments win, so that <c>/files/{id}/content</c> is not taken for a file of that name.</summary>
    public int Precision => _segments.Count(segment => !IsParameter(segment));

    /// <summary>A parameter at the end takes the rest: model ids hold a slash, and both forms of it are on the wire.</summary>
    public bool Matches(string method, string path)
    {
        if (!_method.Equals(method, StringComparison.OrdinalIgnoreCase))
            return false;
        string[] given = path.Split('/', _segments.Length);
        if (given.Length != _segments.Length)
            return false;
        return _segments
            .Zip(given)
            .All(pair =>
                IsParameter(pair.First)
                    ? pair.Second.Length > 0
                    : pair.First.Equals(pair.Second, StringComparison.Ordinal)
            );
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
