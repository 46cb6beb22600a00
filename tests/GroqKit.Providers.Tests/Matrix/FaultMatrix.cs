namespace GroqKit.Providers.Tests.Matrix;

/// <summary>Every fault, in every service, before and after the first output. A cell that makes no sense says why.</summary>
internal static class FaultMatrix
{
    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        new("refuse", null, null, ProviderFailure.Refused),
        new("401", "401", null, ProviderFailure.Authentication),
        new("403", "403", null, ProviderFailure.Permission),
        new("429", "429", null, ProviderFailure.RateLimited),
        // The word of two vendors for "larger than a minute's tokens", of the third for "longer than the voice takes".
        new("413", "413", null, ProviderFailure.RateLimited, ProviderFailure.ContextLength),
        new("498", "498", null, ProviderFailure.Overloaded),
        new("500", "500", null, ProviderFailure.Server),
        new("503", "503", null, ProviderFailure.Overloaded),
        new("529", "529", null, ProviderFailure.Overloaded),
        new("hang before headers", "hang", null, ProviderFailure.Timeout) { Hang = Hang.Request },
        new("headers then nothing", "headers-only", null, ProviderFailure.Timeout) { Hang = Hang.Headers },
        new("role-only chunks for ever", "role-only", null, ProviderFailure.Timeout) { Hang = Hang.Pieces },
        new("stall mid-stream", "stall:after=0", "stall:after=60", ProviderFailure.Timeout) { Hang = Hang.Headers },
        new("cut", "cut:after=0", "cut:after=60", ProviderFailure.StreamCut, ProviderFailure.Network),
        new("malformed", "malformed:after=0", "malformed:after=60", ProviderFailure.Malformed),
        new("event: error", "error-event:after=0", "error-event:after=60", ProviderFailure.Server),
        new("zero bytes", "empty", null, ProviderFailure.Malformed, ProviderFailure.StreamCut),
        new("silent audio", "silent", "silent", ProviderFailure.Malformed),
    ];

    public static FaultRow Find(string name) => Rows.Single(row => row.Name == name);

    /// <summary>Why a cell can't be; null when it can.</summary>
    public static string? WhyNot(FaultRow row, ProviderService service, bool afterOutput)
    {
        if (row.Name == "silent audio" && service != ProviderService.TextToSpeech)
            return "the answer holds no sound; a silent recording to be heard is a good request with an empty transcript";
        if (service == ProviderService.TextToSpeech && WhyNotSpeech(row, afterOutput) is { } reason)
            return reason;
        if (!afterOutput)
            return null;
        if (service == ProviderService.SpeechToText)
            return "every provider's transcript comes in one piece: nothing is delivered when it fails";
        return row.After is not null ? null : WhyNotAfter(row);
    }

    private static string? WhyNotSpeech(FaultRow row, bool afterOutput) =>
        row.Name switch
        {
            "role-only chunks for ever" => "in a body of sound every byte is sound: there is no empty piece",
            "malformed" =>
                "samples can't be told from broken samples; a body that ends too early is the row cut, one without sound zero bytes",
            "event: error" => "a body of sound has no events; the socket's error message has a test of its own",
            "stall mid-stream" or "cut" when !afterOutput =>
                "a body of sound begins with sound: before it, this is headers then nothing",
            _ => null,
        };

    private static string WhyNotAfter(FaultRow row) =>
        row.Name switch
        {
            "refuse" => "a connection that was refused puts nothing out; one that goes away is the row cut",
            "zero bytes" => "an answer that put something out is not empty; one that ends too early is the row cut",
            "hang before headers" or "headers then nothing" or "role-only chunks for ever" =>
                "by its nature before output; after it this is the row stall mid-stream",
            _ => "a status comes before output; within a stream this is the row event: error",
        };
}
