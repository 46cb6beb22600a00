namespace GroqKit.Providers.Fallback;

/// <summary>Asks the next provider too when one is slow to begin; whoever begins first serves, the others are stopped.</summary>
internal sealed class Race<TItem>(FallbackCall call, Opening<TItem> opening, TimeSpan patience)
{
    private readonly List<(Leg<TItem> Leg, Task<ProviderException?> Begun)> _running = new(2);

    public async Task<Leg<TItem>?> RunAsync()
    {
        try
        {
            while (true)
            {
                if (_running.Count == 0 && !TryStart())
                    return null;
                if (await NextAsync().ConfigureAwait(false) is not var (leg, failure))
                    continue;
                _running.RemoveAll(entry => ReferenceEquals(entry.Leg, leg));
                if (failure is null)
                    return leg;
                await opening.GiveUpAsync(leg, failure).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var (leg, begun) in _running)
            {
                leg.Abandon(
                    call.Caller.IsCancellationRequested ? FallbackStepOutcome.Cancelled : FallbackStepOutcome.Lost
                );
                _ = DiscardAsync(leg, begun);
            }
            _running.Clear();
        }
    }

    private bool TryStart()
    {
        if (opening.NextLeg() is not { } leg)
            return false;
        _running.Add((leg, leg.OpenAsync().AsTask()));
        return true;
    }

    // One that began to serve or failed; null when there is nothing to tell but one more is running.
    private async Task<(Leg<TItem> Leg, ProviderException? Failure)?> NextAsync()
    {
        if (_running.Count == 1)
        {
            var (leg, begun) = _running[0];
            if (!opening.HasNext)
                return (leg, await begun.ConfigureAwait(false));
            using var done = CancellationTokenSource.CreateLinkedTokenSource(call.Caller);
            Task late = Task.Delay(patience, call.Time, done.Token);
            if (await Task.WhenAny(begun, late).ConfigureAwait(false) == late)
            {
                TryStart();
                return null;
            }
            await done.CancelAsync().ConfigureAwait(false);
            return (leg, await begun.ConfigureAwait(false));
        }
        Task<ProviderException?> first = await Task.WhenAny(_running.Select(entry => entry.Begun))
            .ConfigureAwait(false);
        Leg<TItem> quicker = _running.Find(entry => entry.Begun == first).Leg;
        return (quicker, await first.ConfigureAwait(false));
    }

    // Not waited for: whoever was quicker is not held up by closing the slower one.
    private static async Task DiscardAsync(Leg<TItem> leg, Task<ProviderException?> begun)
    {
        leg.Stop();
        await ((Task)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await leg.DisposeAsync().ConfigureAwait(false);
    }
}
