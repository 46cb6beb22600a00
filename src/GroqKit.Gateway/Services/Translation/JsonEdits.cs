using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>What is changed in a request's members before it is given on. Untouched members go out as the caller's own bytes.</summary>
internal sealed class JsonEdits(JsonRequest request)
{
    private readonly List<JsonMember> _members = [.. request.Members];
    private bool _changed;

    /// <summary>Leaves a member out.</summary>
    /// <returns>False when it wasn't there.</returns>
    public bool Remove(string name)
    {
        bool removed = _members.RemoveAll(member => member.Name == name) > 0;
        _changed |= removed;
        return removed;
    }

    /// <summary>Puts a value in the place of a member, or adds it.</summary>
    /// <param name="name">The member; needs no escaping.</param>
    /// <param name="json">Its value.</param>
    public void Set(string name, ReadOnlySpan<byte> json)
    {
        Remove(name);
        byte[] whole = [(byte)'"', .. System.Text.Encoding.UTF8.GetBytes(name), (byte)'"', (byte)':', .. json];
        _members.Add(new JsonMember(name, whole, whole.AsMemory(whole.Length - json.Length)));
        _changed = true;
    }

    /// <summary>The same under another name; a member of that name which is there stays.</summary>
    public void Rename(string name, string newName)
    {
        if (request.Find(name) is not { } member)
            return;
        Remove(name);
        if (request.Find(newName) is null)
            Set(newName, member.Value.Span);
    }

    /// <summary>The edited members as a request of their own.</summary>
    public JsonRequest ToRequest() =>
        _changed ? JsonRequest.Read((byte[])[.. Parts().SelectMany(part => part.ToArray())]) : request;

    /// <param name="body">The caller's body, which is held until it was sent.</param>
    public HttpContent ToContent(PooledBody body)
    {
        if (!_changed)
            return new PartsContent(body, [request.Body], "application/json");
        return new PartsContent(body, Parts(), "application/json");
    }

    private List<ReadOnlyMemory<byte>> Parts()
    {
        var parts = new List<ReadOnlyMemory<byte>>(_members.Count * 2 + 2) { "{"u8.ToArray() };
        byte[] comma = [(byte)','];
        for (int i = 0; i < _members.Count; i++)
        {
            if (i > 0)
                parts.Add(comma);
            parts.Add(_members[i].Whole);
        }
        parts.Add("}"u8.ToArray());
        return parts;
    }
}
