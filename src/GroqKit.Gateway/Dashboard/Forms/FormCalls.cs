using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Dashboard.Own;
using GroqKit.Gateway.Dashboard.Sessions;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Dashboard.Forms;

/// <summary>Turns a form that was sent into one call of the admin API.</summary>
internal sealed class FormCalls(OwnCalls own)
{
    public const string NameField = "form";
    public const string MethodField = "method";
    public const string PathField = "path";
    public const string NextField = "next";
    public const string ShowField = "show";
    public const string VersionField = "version";
    public const string TokenField = "token";

    private static readonly string[] Methods = ["POST", "PUT", "PATCH", "DELETE"];

    /// <returns>Where to go now, or the form to be shown again with the answer or with what was wrong.</returns>
    public async Task<(string? Next, PostedForm Form)> SendAsync(
        Session session,
        IFormCollection fields,
        CancellationToken cancelled
    )
    {
        string method = fields[MethodField].ToString();
        string path = fields[PathField].ToString();
        var posted = new PostedForm(
            fields[NameField].ToString(),
            fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal),
            Refusal: null,
            Answer: null
        );
        if (!Methods.Contains(method) || !path.StartsWith("/api/", StringComparison.Ordinal))
            return (null, posted with { Refusal = Wrong(PathField, "The form is not one of this dashboard.") });
        try
        {
            JsonObject body = FormBody.Of(fields);
            byte[] json =
                body.Count > 0 || method is "PUT" or "PATCH" ? Encoding.UTF8.GetBytes(body.ToJsonString()) : [];
            string? version = fields[VersionField];
            OwnAnswer answer = await own.SendAsync(
                session.Key,
                method,
                Filled(path, fields),
                json,
                string.IsNullOrEmpty(version) ? null : version,
                cancelled
            );
            if (answer.Refusal is { } refusal)
                return (null, posted with { Refusal = refusal });
            bool show = fields[ShowField] == "true";
            return show
                ? (null, posted with { Answer = answer.Read() })
                : (NextOf(Filled(fields[NextField].ToString(), fields)), posted);
        }
        catch (FormFieldException wrong)
        {
            return (null, posted with { Refusal = Wrong(wrong.Place, wrong.Message) });
        }
    }

    // A name that is chosen in the form stands in addresses too: /agents/{name}.
    private static string Filled(string address, IFormCollection fields)
    {
        foreach ((string field, Microsoft.Extensions.Primitives.StringValues value) in fields)
        {
            if (FormBody.PlaceOf(field) is { } place)
                address = address.Replace(
                    $"{{{place}}}",
                    Uri.EscapeDataString(value.ToString()),
                    StringComparison.Ordinal
                );
        }
        return address;
    }

    // Only pages of this host: an address with a host would lead away.
    public static string NextOf(string next) => next is ['/', not ('/' or '\\'), ..] ? next : "/";

    private static GatewayError Wrong(string field, string message) =>
        new(StatusCodes.Status400BadRequest, ErrorTypes.InvalidRequest, "invalid_value", message, field);
}
