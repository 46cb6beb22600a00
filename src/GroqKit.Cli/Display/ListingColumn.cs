namespace GroqKit.Cli.Display;

/// <summary>A column of a <see cref="Listing"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="IsNumber">Whether its cells stand to the right.</param>
/// <param name="Wraps">Whether its cells may take several lines.</param>
/// <param name="Rank">The columns of the highest rank are left out first where the screen is narrow; those of rank 0 never.</param>
internal sealed record ListingColumn(string Title, bool IsNumber = false, bool Wraps = false, int Rank = 0);
