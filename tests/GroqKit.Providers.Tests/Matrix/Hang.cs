namespace GroqKit.Providers.Tests.Matrix;

/// <summary>How far a call gets that then stands still for ever.</summary>
internal enum Hang
{
    /// <summary>It does not stand still.</summary>
    None,

    /// <summary>The request arrived.</summary>
    Request,

    /// <summary>The answer's headers are there.</summary>
    Headers,

    /// <summary>Pieces of the answer come, none of them of any use.</summary>
    Pieces,
}
