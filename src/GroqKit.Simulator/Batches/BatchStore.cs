using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Batches;

/// <summary>Batches in memory, each seen only by the key that owns it. Safe for use from many threads.</summary>
internal sealed class BatchStore(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Batch> _all = [];

    public Batch Add(Func<string, Batch> make)
    {
        lock (_gate)
        {
            Batch batch = make($"batch_{Identifiers.Request((ulong)_all.Count)[4..]}");
            _all.Add(batch);
            return batch;
        }
    }

    /// <exception cref="ApiException">There is none.</exception>
    public Batch Get(string id, string owner)
    {
        lock (_gate)
        {
            return _all.Find(batch => batch.Id == id && batch.Owner == owner)
                ?? throw new ApiException(ApiErrors.NotFound($"No batch with id `{id}` was found.", "batch_id"));
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Batch> List(string owner)
    {
        lock (_gate)
            return [.. _all.Where(batch => batch.Owner == owner).Reverse()];
    }

    /// <summary>Changes a batch unless it is final; false when it is.</summary>
    public bool Change(Batch batch, Action<Batch> change)
    {
        lock (_gate)
        {
            if (batch.IsFinal)
                return false;
            change(batch);
            return true;
        }
    }

    public bool Enter(Batch batch, string state) =>
        Change(
            batch,
            batch =>
            {
                batch.Status = state;
                batch.Times[state] = time.GetUtcNow();
            }
        );

    public T Read<T>(Batch batch, Func<Batch, T> read)
    {
        lock (_gate)
            return read(batch);
    }
}
