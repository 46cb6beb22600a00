namespace GroqKit.Simulator.Faults;

/// <summary>Where a request's body stands: the bytes of the last piece, those of all so far, and whether it is complete.</summary>
internal readonly record struct UploadMoment(int Piece, long Received, bool IsComplete)
{
    /// <summary>
    /// Whether a fault set for "after so many bytes" is due. A shorter body is met at its end, so that the fault never fails to happen.
    /// </summary>
    public bool IsDue(int after) => Received >= after || IsComplete;
}
