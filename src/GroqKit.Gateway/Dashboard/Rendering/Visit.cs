using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Gateway.Dashboard.Forms;
using GroqKit.Gateway.Dashboard.Own;
using GroqKit.Gateway.Dashboard.Sessions;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>One request for a page: who asks, with which query, and what a form that came along led to.</summary>
internal sealed class Visit(OwnCalls own)
{
    public const string TenantParameter = "tenant";

    private HttpContext? _context;

    /// <summary>Who has signed in; null on the page that asks for it.</summary>
    public Session? Session { get; private set; }

    public PostedForm? Posted { get; private set; }

    /// <summary>What forms carry.</summary>
    public string Token => Session?.Token ?? "";

    public string Path => _context?.Request.Path.Value ?? "/";

    public string Address => $"{_context?.Request.Scheme}://{_context?.Request.Host.Value}";

    /// <summary>light, dark, or auto for what the system has.</summary>
    public string Theme =>
        _context?.Request.Cookies["groqkit-theme"] is ("light" or "dark") and var chosen ? chosen : "auto";

    /// <summary>Whose configuration is shown: the session's own, or another that one of the operator's own keys chose in the address.</summary>
    public string Tenant =>
        IsOperators && Query(TenantParameter) is { } chosen && RecordName.IsWellFormed(chosen) ? chosen : OwnTenant;

    /// <summary>Whether another tenant than the session's own is shown.</summary>
    public bool IsElsewhere => Tenant != OwnTenant;

    /// <summary>Whether the session may look at other tenants.</summary>
    public bool IsOperators => Session is not null && OwnTenant == Tenants.Home;

    private string OwnTenant => Session?.Key.Key.Tenant ?? Tenants.Home;

    public void Begin(HttpContext context, Session? session, PostedForm? posted)
    {
        _context = context;
        Session = session;
        Posted = posted;
    }

    public bool May(Scopes needed) => Session?.May(needed) == true;

    /// <summary>A query parameter; null where it is absent or empty.</summary>
    public string? Query(string name) =>
        _context?.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The address of another page, or of a route of the admin API, for the tenant that is shown.</summary>
    public string Link(string address) =>
        Session is null || !IsElsewhere
            ? address
            : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{TenantParameter}={Uri.EscapeDataString(Tenant)}";

    /// <summary>The page's address with some of its parameters changed; null removes one.</summary>
    public string With(params (string Name, string? Value)[] changes)
    {
        var query = QueryString.Empty;
        foreach (
            (string name, Microsoft.Extensions.Primitives.StringValues value) in _context?.Request.Query
                ?? QueryCollection.Empty
        )
        {
            if (!Array.Exists(changes, change => change.Name == name))
                query = query.Add(name, value.ToString());
        }
        foreach ((string name, string? value) in changes)
        {
            if (value is not null)
                query = query.Add(name, value);
        }
        return Path + query.ToUriComponent();
    }

    /// <summary>What the admin API shows.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    public async Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type) => (await SendAsync(address)).Read(type);

    /// <summary>What the admin API shows.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    public async Task<JsonElement> GetAsync(string address) => (await SendAsync(address)).Read();

    /// <summary>Asks the admin API something that changes nothing but takes a body.</summary>
    public Task<OwnAnswer> AskAsync(string address, string json) =>
        own.SendAsync(
            Session!.Key,
            "POST",
            Link(address),
            System.Text.Encoding.UTF8.GetBytes(json),
            version: null,
            _context!.RequestAborted
        );

    private Task<OwnAnswer> SendAsync(string address) =>
        own.SendAsync(Session!.Key, "GET", Link(address), default, version: null, _context!.RequestAborted);
}
