using System.Collections.Concurrent;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.FineTunings;

/// <summary>Fine-tunings in memory, each seen only by the key that owns it. Safe for use from many threads.</summary>
internal sealed class FineTuningStore
{
    private readonly ConcurrentDictionary<string, FineTuning> _all = new(StringComparer.Ordinal);

    public void Add(FineTuning made) => _all[made.Id] = made;

    public int Count => _all.Count;

    public IEnumerable<FineTuning> List(string owner) =>
        _all.Values.Where(made => made.Owner == owner).OrderBy(made => made.CreatedAt).ThenBy(made => made.Id);

    /// <exception cref="ApiException">There is none.</exception>
    public FineTuning Get(string id, string owner) =>
        _all.TryGetValue(id, out FineTuning? made) && made.Owner == owner
            ? made
            : throw new ApiException(ApiErrors.NotFound($"No fine-tuning with id `{id}` was found.", "id"));

    public FineTuning? ByModel(string model, string owner) => List(owner).FirstOrDefault(made => made.Model == model);

    public void Remove(FineTuning made) => _all.TryRemove(made.Id, out _);
}
