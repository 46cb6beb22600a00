using System.Text;

namespace GroqKit.Simulator.Scenarios;

/// <summary>The scenarios that are playing. Safe for use from many threads.</summary>
public sealed class ScenarioBoard
{
    private readonly Lock _gate = new();
    private volatile Playing[] _playing = [];

    internal ScenarioBoard(ScenarioScript? script)
    {
        if (script is not null)
            Play(script);
    }

    /// <summary>Every scenario and how far it has come, in the order in which they are asked.</summary>
    public IReadOnlyList<ScenarioProgress> Progress
    {
        get
        {
            lock (_gate)
                return [.. _playing.Select(playing => playing.Progress)];
        }
    }

    /// <summary>Plays a script from its first step, in place of what played before.</summary>
    public void Play(ScenarioScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        lock (_gate)
            _playing = [.. script.Scenarios.Select(scenario => new Playing(scenario))];
    }

    /// <summary>Ends all scenarios.</summary>
    public void Clear()
    {
        lock (_gate)
            _playing = [];
    }

    /// <summary>The step for a request, from the first scenario that fits and is not over; null stands for a model that is not known yet.</summary>
    internal ScenarioStep? Take(string path, string? model, ReadOnlyMemory<byte> body)
    {
        if (_playing.Length == 0)
            return null;
        string text = Encoding.UTF8.GetString(body.Span);
        lock (_gate)
        {
            foreach (Playing playing in _playing)
            {
                if (playing.Scenario.Fits(path, model, text) && playing.Take() is { } step)
                    return step;
            }

            return null;
        }
    }

    private sealed class Playing(Scenario scenario)
    {
        private int _met;

        public Scenario Scenario => scenario;

        public ScenarioProgress Progress => new(scenario.Name, scenario.Steps.Count, _met, scenario.Step(_met) is null);

        public ScenarioStep? Take()
        {
            ScenarioStep? step = scenario.Step(_met);
            if (step is not null)
                _met++;
            return step;
        }
    }
}
