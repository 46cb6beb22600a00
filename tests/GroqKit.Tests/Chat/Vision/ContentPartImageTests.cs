using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-22")]
public sealed class ContentPartImageTests
{
    [Fact]
    public void Bytes_are_sent_under_the_type_that_they_are()
    {
        Url(ContentPart.FromImage(Images.Png)).ShouldStartWith("data:image/png;base64,");
        Url(ContentPart.FromImage(Images.Jpeg)).ShouldStartWith("data:image/jpeg;base64,");
        Url(ContentPart.FromImage(Images.Gif)).ShouldStartWith("data:image/gif;base64,");
        Url(ContentPart.FromImage(Images.LosslessWebp)).ShouldStartWith("data:image/webp;base64,");
        Convert.FromBase64String(Url(ContentPart.FromImage(Images.Png)).Split(',')[1]).ShouldBe(Images.Png);
        ContentPart.FromImage(Images.Png, ImageDetail.High).ImageUrl!.Detail.ShouldBe(ImageDetail.High);
    }

    [Fact]
    public async Task A_file_is_told_by_its_bytes_and_not_by_its_name()
    {
        using var folder = new TempDirectory();
        string path = folder.At("photo.txt");
        await File.WriteAllBytesAsync(path, Images.Jpeg, TestContext.Current.CancellationToken);

        ContentPart read = ContentPart.FromImageFile(path, ImageDetail.Low);
        ContentPart awaited = await ContentPart.FromImageFileAsync(path, ImageDetail.Low);

        Url(read).ShouldBe($"data:image/jpeg;base64,{Convert.ToBase64String(Images.Jpeg)}");
        awaited.ShouldBe(read);
    }

    [Fact]
    public async Task What_is_no_image_is_refused_by_its_parameter()
    {
        using var folder = new TempDirectory();
        string text = folder.At("picture.png");
        await File.WriteAllTextAsync(text, "not a picture", TestContext.Current.CancellationToken);
        string empty = folder.At("empty.png");
        await File.WriteAllBytesAsync(empty, [], TestContext.Current.CancellationToken);
        string large = folder.At("large.png");
        await using (FileStream file = File.Create(large))
            file.SetLength(20 * 1024 * 1024 + 1);

        Refused(() => ContentPart.FromImage("BM"u8)).ShouldBe("bytes");
        Refused(() => ContentPart.FromImage([])).ShouldBe("bytes");
        Refused(() => ContentPart.FromImageFile(text)).ShouldBe("path");
        Refused(() => ContentPart.FromImageFile(empty)).ShouldBe("path");
        Refused(() => ContentPart.FromImageFile(large)).ShouldBe("path");
        (
            await Should.ThrowAsync<GroqValidationException>(() => ContentPart.FromImageFileAsync(large))
        ).Parameter.ShouldBe("path");
        Should.Throw<FileNotFoundException>(() => ContentPart.FromImageFile(folder.At("none.png")));

        static string? Refused(Action make) => Should.Throw<GroqValidationException>(make).Parameter;
    }

    private static string Url(ContentPart part) => part.ImageUrl!.Url;
}
