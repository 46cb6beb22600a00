namespace GroqKit.Tests.Chat;

/// <summary>Pictures of 5 x 3 pixels, as encoders write them.</summary>
internal static class Images
{
    public static byte[] Png { get; } =
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKvAAAACXBIWXMAAAAEAAAABQB7hJBhAAAAEElEQVR4nGP4y8CAjBgI8AFy2g7UVdj9/gAAAABJRU5ErkJggg=="
        );

    public static byte[] Jpeg { get; } =
        Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAgAABAAFAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eHg4eTk5ubm7q6srLZ2eD/////xABNAAEBAAAAAAAAAAAAAAAAAAAABgEBAQEAAAAAAAAAAAAAAAAAAAYHEAEAAAAAAAAAAAAAAAAAAAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgAAwAFAwESAAISAAMSAP/aAAwDAQACEQMRAD8AixKDfx//2Q=="
        );

    public static byte[] Gif { get; } =
        Convert.FromBase64String(
            "R0lGODlhBQADAPcfJAAAACQAAEgAAGwAAJAAALQAANgAAPwAAAAkACQkAEgkAGwkAJAkALQkANgkAPwkAABIACRIAEhIAGxIAJBIALRIANhIAPxIAABsACRsAEhsAGxsAJBsALRsANhsAPxsAACQACSQAEiQAGyQAJCQALSQANiQAPyQAAC0ACS0AEi0AGy0AJC0ALS0ANi0APy0AADYACTYAEjYAGzYAJDYALTYANjYAPzYAAD8ACT8AEj8AGz8AJD8ALT8ANj8APz8AAAAVSQAVUgAVWwAVZAAVbQAVdgAVfwAVQAkVSQkVUgkVWwkVZAkVbQkVdgkVfwkVQBIVSRIVUhIVWxIVZBIVbRIVdhIVfxIVQBsVSRsVUhsVWxsVZBsVbRsVdhsVfxsVQCQVSSQVUiQVWyQVZCQVbSQVdiQVfyQVQC0VSS0VUi0VWy0VZC0VbS0Vdi0Vfy0VQDYVSTYVUjYVWzYVZDYVbTYVdjYVfzYVQD8VST8VUj8VWz8VZD8VbT8Vdj8Vfz8VQAAqiQAqkgAqmwAqpAAqrQAqtgAqvwAqgAkqiQkqkgkqmwkqpAkqrQkqtgkqvwkqgBIqiRIqkhIqmxIqpBIqrRIqthIqvxIqgBsqiRsqkhsqmxsqpBsqrRsqthsqvxsqgCQqiSQqkiQqmyQqpCQqrSQqtiQqvyQqgC0qiS0qki0qmy0qpC0qrS0qti0qvy0qgDYqiTYqkjYqmzYqpDYqrTYqtjYqvzYqgD8qiT8qkj8qmz8qpD8qrT8qtj8qvz8qgAA/yQA/0gA/2wA/5AA/7QA/9gA//wA/wAk/yQk/0gk/2wk/5Ak/7Qk/9gk//wk/wBI/yRI/0hI/2xI/5BI/7RI/9hI//xI/wBs/yRs/0hs/2xs/5Bs/7Rs/9hs//xs/wCQ/ySQ/0iQ/2yQ/5CQ/7SQ/9iQ//yQ/wC0/yS0/0i0/2y0/5C0/7S0/9i0//y0/wDY/yTY/0jY/2zY/5DY/7TY/9jY//zY/wD8/yT8/0j8/2z8/5D8/7T8/9j8//z8/yH/C05FVFNDQVBFMi4wAwEAAAAh+QQEAAAfACwAAAAABQADAAAICAAPCBxIsGBAADs="
        );

    public static byte[] LossyWebp { get; } =
        Convert.FromBase64String(
            "UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoFAAMAAgA0JaACdLoB+AADsAD+8Oj3/yC5YXXI1/8gP+MqfGVP+PIAAAA="
        );

    public static byte[] LosslessWebp { get; } =
        Convert.FromBase64String("UklGRhwAAABXRUJQVlA4TA8AAAAvBIAAAAcQ7Y/+ByKi/wEA");

    /// <summary>The beginning of a WebP in the extended form, which has its own header.</summary>
    public static byte[] ExtendedWebp { get; } =
    [.. "RIFF"u8, 0x20, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x10, 0, 0, 0, 4, 0, 0, 2, 0, 0];

    /// <summary>A PNG that claims a size; there is nothing behind its header.</summary>
    public static byte[] PngOf(int width, int height)
    {
        byte[] image = [.. Png];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(20), height);
        return image;
    }

    /// <summary>The JPEG with segments of metadata before its size.</summary>
    public static byte[] JpegWithMetadata(int segments)
    {
        byte[] segment = [0xFF, 0xE1, 0xFF, 0xFF, .. new byte[0xFFFF - 2]];
        return [.. Jpeg[..2], .. Enumerable.Repeat(segment, segments).SelectMany(bytes => bytes), .. Jpeg[2..]];
    }
}
