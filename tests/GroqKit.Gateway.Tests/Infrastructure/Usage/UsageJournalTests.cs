using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Infrastructure.Usage;

[Requirement("GW-06")]
public sealed class UsageJournalTests : IDisposable
{
    private const int Segment = 16 * 1024;

    private readonly TempDirectory _folder = new();

    [Fact]
    public void A_record_comes_back_with_every_column()
    {
        using UsageJournal journal = Open();

        journal.Record(Records.Full());
        journal.Record(Records.Bare("req_2"));

        JournalBatch batch = journal.Read(10).ShouldNotBeNull();
        batch.Records.ShouldBe([Records.Full(), Records.Bare("req_2")]);
    }

    [Fact]
    public void What_is_committed_is_not_read_again_and_what_is_returned_is()
    {
        using UsageJournal journal = Open();
        for (int i = 0; i < 5; i++)
            journal.Record(Records.Full($"req_{i}"));

        journal.Commit(journal.Read(2)!);
        Ids(journal.Read(2)).ShouldBe(["req_2", "req_3"]);
        journal.Return();

        Ids(journal.Read(10)).ShouldBe(["req_2", "req_3", "req_4"]);
    }

    [Fact]
    public void The_next_process_reads_on_where_the_last_one_stopped()
    {
        using (UsageJournal first = Open())
        {
            for (int i = 0; i < 5; i++)
                first.Record(Records.Full($"req_{i}"));
            first.Commit(first.Read(3)!);
        }
        using UsageJournal second = Open();
        second.Record(Records.Full("req_new"));

        ReadAll(second).ShouldBe(["req_3", "req_4", "req_new"]);
    }

    [Fact]
    public void Segments_follow_each_other_and_go_away_once_shipped()
    {
        using UsageJournal journal = Open();
        string[] ids = [.. Enumerable.Range(0, 400).Select(i => $"req_{i}")];

        foreach (string id in ids)
            journal.Record(Records.Full(id));
        journal.Keep();

        Files().Length.ShouldBeGreaterThan(5);
        ReadAll(journal).ShouldBe(ids);
        Files().Length.ShouldBe(2);
        journal.Lost.ShouldBe(0);
    }

    [Fact]
    public async Task Records_of_many_threads_are_all_there_once()
    {
        using UsageJournal journal = Open();

        await Parallel.ForAsync(
            0,
            2000,
            TestContext.Current.CancellationToken,
            (i, _) =>
            {
                journal.Record(Records.Full($"req_{i}"));
                return ValueTask.CompletedTask;
            }
        );

        ReadAll(journal).Order().ShouldBe(Enumerable.Range(0, 2000).Select(i => $"req_{i}").Order());
    }

    [Fact]
    public void A_journal_without_room_says_so_before_it_is_full_and_has_room_again_once_shipped()
    {
        using UsageJournal journal = Open(maxSegments: 3);
        int written = 0;

        for (; journal.HasRoom; written++)
        {
            journal.Record(Records.Full($"req_{written}"));
            journal.Keep();
        }
        // Calls that were running end now; there is a quarter of a segment for them.
        for (int i = 0; i < Segment / 4 / 512; i++)
            journal.Record(Records.Full($"req_{written++}"));
        journal.Lost.ShouldBe(0);
        Files().Length.ShouldBe(3);

        ReadAll(journal).Count.ShouldBe(written);
        journal.Keep();
        journal.HasRoom.ShouldBeTrue();
    }

    [Fact]
    public void What_finds_no_room_is_counted_as_lost()
    {
        using UsageJournal journal = Open(maxSegments: 1);
        int written = 0;
        while (journal.Lost == 0)
            journal.Record(Records.Full($"req_{written++}"));

        ReadAll(journal).Count.ShouldBe(written - 1);
    }

    [Fact]
    public void A_journal_cut_anywhere_gives_exactly_the_records_before_the_cut()
    {
        byte[] whole;
        long[] ends;
        using (UsageJournal journal = Open())
        {
            var written = new List<long>();
            for (int i = 0; i < 12; i++)
            {
                journal.Record(i % 3 == 0 ? Records.Bare($"req_{i}") : Records.Full($"req_{i}"));
                written.Add(journal.PendingBytes + JournalSegment.HeaderSize);
            }
            ends = [.. written];
            whole = ReadShared(Files()[0]);
        }

        Prop.ForAll(
                Gen.Choose(0, (int)ends[^1] + 64).ToArbitrary(),
                Gen.Elements(false, true).ToArbitrary(),
                (cut, zeros) => Survivors(whole, cut, zeros).SequenceEqual(Expected(whole, ends, cut, zeros))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_damaged_record_costs_only_itself_and_the_file_is_kept()
    {
        long[] ends = new long[3];
        using (UsageJournal first = Open())
        {
            for (int i = 0; i < 3; i++)
            {
                first.Record(Records.Full($"req_{i}"));
                ends[i] = first.PendingBytes + JournalSegment.HeaderSize;
            }
        }
        string file = Files()[0];
        byte[] bytes = File.ReadAllBytes(file);
        bytes[ends[0] + 40] ^= 0x10;
        File.WriteAllBytes(file, bytes);

        using UsageJournal second = Open();

        ReadAll(second).ShouldBe(["req_0", "req_2"]);
        Directory.GetFiles(_folder.FullPath, "*.unreadable", SearchOption.AllDirectories).Length.ShouldBe(1);
    }

    [Fact]
    public void Two_processes_never_share_a_folder_and_a_dead_ones_is_taken_over()
    {
        UsageJournal one = Open();
        using UsageJournal other = Open();
        one.Record(Records.Full("req_one"));
        other.Record(Records.Full("req_other"));
        one.Dispose();

        using UsageJournal heir = Open();

        ReadAll(heir).ShouldBe(["req_one"]);
        ReadAll(other).ShouldBe(["req_other"]);
    }

    [Fact]
    public void A_closed_journal_counts_what_comes_too_late()
    {
        UsageJournal journal = Open();
        journal.Dispose();
        journal.Dispose();

        journal.Record(Records.Full());

        journal.Lost.ShouldBe(1);
    }

    [Fact]
    public void Texts_beyond_their_room_are_cut_at_a_character()
    {
        using UsageJournal journal = Open();

        journal.Record(Records.Full() with { EndUser = string.Concat(Enumerable.Repeat("😀", 500)) });

        UsageRecord read = journal.Read(1)!.Records[0];
        read.EndUser.ShouldBe(string.Concat(Enumerable.Repeat("😀", 150)));
    }

    [Fact]
    public void Writing_a_record_allocates_nothing()
    {
        using UsageJournal journal = Open(segment: 1024 * 1024);
        UsageRecord record = Records.Full();

        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                journal.Record(in record);
        });

        allocated.ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();

    private UsageJournal Open(int maxSegments = 64, int segment = Segment) =>
        new(
            new JournalOptions(_folder.FullPath, segment, (long)segment * maxSegments),
            NullLogger<UsageJournal>.Instance
        );

    private string[] Files() =>
        [.. Directory.GetFiles(_folder.FullPath, "*.journal", SearchOption.AllDirectories).Order()];

    private static string[] Ids(JournalBatch? batch) => [.. batch!.Records.Select(record => record.RequestId)];

    private static List<string> ReadAll(UsageJournal journal)
    {
        var ids = new List<string>();
        while (journal.Read(7) is { } batch)
        {
            ids.AddRange(Ids(batch));
            journal.Commit(batch);
        }
        return ids;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What a new process finds when the file ends at the cut, or is zeros from there on.</summary>
    private static List<string> Survivors(byte[] whole, int cut, bool zeros)
    {
        using var folder = new TempDirectory();
        string own = Path.Combine(folder.FullPath, "0");
        Directory.CreateDirectory(own);
        byte[] rest = new byte[zeros ? whole.Length : cut];
        whole.AsSpan(0, cut).CopyTo(rest);
        File.WriteAllBytes(Path.Combine(own, "000000000001.journal"), rest);
        using var journal = new UsageJournal(
            new JournalOptions(folder.FullPath, Segment, Segment * 8),
            NullLogger<UsageJournal>.Instance
        );
        return ReadAll(journal);
    }

    // A record whose missing bytes are zeros, in a file that goes on with zeros, isn't missing anything.
    private static IEnumerable<string> Expected(byte[] whole, long[] ends, int cut, bool zeros) =>
        ends.TakeWhile(end => end <= cut || (zeros && whole.AsSpan(cut, (int)end - cut).IndexOfAnyExcept((byte)0) < 0))
            .Select((_, i) => $"req_{i}");
}
