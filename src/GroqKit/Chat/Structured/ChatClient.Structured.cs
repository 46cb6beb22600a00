using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

public sealed partial class ChatClient
{
    private readonly ConditionalWeakTable<JsonTypeInfo, object> _outputs = [];

    /// <summary>
    /// Asks for an answer of a type. To stream one, send what <see cref="StructuredOutput{T}.ApplyTo"/> returns and read what was collected.
    /// </summary>
    /// <typeparam name="T">What to ask for.</typeparam>
    /// <param name="request">What to ask, without tools.</param>
    /// <param name="output">The type, made once and kept.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqStructuredOutputException">The answer is not the type; the exception holds its text.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<StructuredCompletion<T>> CreateAsync<T>(
        ChatRequest request,
        StructuredOutput<T> output,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(output);
        return AskAsync(
            output.ApplyTo(request),
            completion => new StructuredCompletion<T>(output.Read(completion), completion),
            options,
            cancellationToken
        );
    }

    /// <inheritdoc cref="CreateAsync{T}(ChatRequest, StructuredOutput{T}, CallOptions?, CancellationToken)"/>
    /// <param name="request">What to ask, without tools.</param>
    /// <param name="type">The type's contract, for example <c>MyContext.Default.Recipe</c>.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<StructuredCompletion<T>> CreateAsync<T>(
        ChatRequest request,
        JsonTypeInfo<T> type,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(type);
        object output = _outputs.GetValue(type, static contract => StructuredOutput.For((JsonTypeInfo<T>)contract));
        return CreateAsync(request, (StructuredOutput<T>)output, options, cancellationToken);
    }

    /// <inheritdoc cref="CreateAsync{T}(ChatRequest, StructuredOutput{T}, CallOptions?, CancellationToken)"/>
    /// <param name="request">What to ask, without tools.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [RequiresUnreferencedCode(ReflectedJson.Warning)]
    [RequiresDynamicCode(ReflectedJson.Warning)]
    public Task<StructuredCompletion<T>> CreateAsync<T>(
        ChatRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var type = ReflectedJson.Of<T>();
        return CreateAsync(request, type, options, cancellationToken);
    }
}
