namespace GroqKit.Gateway.Services.Voice;

/// <summary>Takes somebody who was erased out of all that this node holds of spoken turns.</summary>
internal sealed class VoicePeople(
    RunningTurns running,
    KeptTurns kept,
    EndedTurns ended,
    VoiceConversations conversations
)
{
    /// <param name="person">The user by the hash of its name.</param>
    public void Forget(string person)
    {
        // First those that run: what they are about to keep is either not kept, or there when its place is looked through.
        running.Forget(person);
        kept.Forget(person);
        ended.Forget(person);
        conversations.Forget(person);
    }
}
