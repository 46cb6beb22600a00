using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Forwarding;
using Microsoft.Net.Http.Headers;

namespace GroqKit.Gateway.Api.Idempotency;

/// <summary>
/// Takes the fingerprint of a request while whoever handles it reads it. The boundary of a form counts for nothing: clients make up another for every
/// attempt. Used by one thread at a time.
/// </summary>
internal sealed class RequestFingerprint : PassingStream
{
    private readonly Stream _inner;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _boundary;
    private byte[] _carry = [];

    public RequestFingerprint(HttpRequest request, IEnumerable<string> headers)
    {
        _inner = request.Body;
        _boundary = Encoding.UTF8.GetBytes(BoundaryOf(request.ContentType));
        Append($"{request.Method} {request.Path}{request.QueryString}");
        foreach (string name in headers)
            Append($"{name}: {request.Headers[name]}");
    }

    /// <summary>Reads what nobody read, and closes the fingerprint.</summary>
    public async Task<string> FinishAsync(CancellationToken cancellationToken)
    {
        byte[] rest = new byte[16 * 1024];
        while (await ReadAsync(rest, cancellationToken) > 0) { }
        _hash.AppendData(_carry);
        _carry = [];
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await _inner.ReadAsync(buffer, cancellationToken);
        Take(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        if (_boundary.Length == 0)
        {
            _hash.AppendData(piece);
            return;
        }
        byte[] joined = [.. _carry, .. piece];
        ReadOnlySpan<byte> left = joined;
        while (left.IndexOf(_boundary) is var found and >= 0)
        {
            _hash.AppendData(left[..found]);
            left = left[(found + _boundary.Length)..];
        }
        // The end may be the beginning of a boundary.
        int kept = Math.Min(left.Length, _boundary.Length - 1);
        _hash.AppendData(left[..^kept]);
        _carry = left[^kept..].ToArray();
    }

    private void Append(string text)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
        _hash.AppendData([0]);
    }

    private static string BoundaryOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString()
            : "";
}
