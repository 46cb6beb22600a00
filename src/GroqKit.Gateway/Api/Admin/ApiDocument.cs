using System.Text.RegularExpressions;
using GroqKit.Gateway.Services.Administration;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and a page for it at <c>/docs</c>.</summary>
internal static partial class ApiDocument
{
    private const string Address = "/openapi/v1.json";
    private const string Page = "/docs";
    private const string Key = "key";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default)
        );
        services.AddOpenApi(
            "v1",
            document =>
            {
                document.AddDocumentTransformer(DescribeAsync);
                document.AddOperationTransformer(DescribeAsync);
            }
        );
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").WithMetadata(RouteAccess.Public);
        // On a branch of its own, or it would look at the path of every call.
        app.MapWhen(
            context => context.Request.Path.StartsWithSegments(Page, StringComparison.OrdinalIgnoreCase),
            docs =>
                docs.UseSwaggerUI(page =>
                {
                    page.RoutePrefix = Page.TrimStart('/');
                    page.DocumentTitle = "GroqKit Gateway";
                    page.SwaggerEndpoint(Address, "GroqKit Gateway");
                })
        );
    }

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo { Title = "GroqKit Gateway", Version = "v1" };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Key] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] },
        ];
        return Task.CompletedTask;
    }

    // Handlers read path and body themselves, so the document has to be told of them.
    private static async Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        foreach (Match part in Parts().Matches(context.Description.RelativePath ?? ""))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = part.Groups["name"].Value,
                    In = ParameterLocation.Path,
                    Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }
        RequestBodyType? body = context
            .Description.ActionDescriptor.EndpointMetadata.OfType<RequestBodyType>()
            .FirstOrDefault();
        if (body is null)
            return;
        OpenApiSchema schema = await context.GetOrCreateSchemaAsync(
            body.Type,
            parameterDescription: null,
            cancellationToken
        );
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Schema = schema },
            },
        };
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
