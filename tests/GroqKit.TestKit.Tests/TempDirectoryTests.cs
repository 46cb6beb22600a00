namespace GroqKit.TestKit.Tests;

public sealed class TempDirectoryTests
{
    [Fact]
    public void A_path_inside_can_be_written_at_once_and_is_gone_afterwards()
    {
        string file;
        using (var folder = new TempDirectory())
        {
            file = folder.At("a", "b.txt");
            File.WriteAllText(file, "x");
            file.ShouldStartWith(folder.FullPath);
        }

        File.Exists(file).ShouldBeFalse();
        Directory.Exists(Path.GetDirectoryName(file)).ShouldBeFalse();
    }

    [Fact]
    public void Two_folders_are_never_the_same()
    {
        using var one = new TempDirectory();
        using var other = new TempDirectory();

        one.FullPath.ShouldNotBe(other.FullPath);
    }
}
