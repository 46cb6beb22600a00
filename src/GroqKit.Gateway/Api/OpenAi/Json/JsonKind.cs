using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Json;

/// <summary>A kind of call with a JSON body: what is checked of it, what it needs, and who answers it.</summary>
internal abstract class JsonKind
{
    /// <summary>What is checked; other members are the provider's to judge.</summary>
    public abstract IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>What the model is wanted for.</summary>
    public virtual ServiceKind Service => ServiceKind.Llm;

    /// <summary>Whether it is a conversation with a model, which is chosen by what the conversation needs.</summary>
    public virtual bool IsChat => false;

    /// <summary>Checks what the table of fields can't.</summary>
    /// <exception cref="GatewayException">The request is wrong.</exception>
    public virtual void Check(in JsonCall call) { }

    /// <summary>Notes in the account what is known before the call is made.</summary>
    public abstract CallNeeds Account(Exchange exchange, in JsonCall call);

    /// <summary>The call as providers are asked.</summary>
    public abstract ForwardedCall Forward(in JsonCall call);
}
