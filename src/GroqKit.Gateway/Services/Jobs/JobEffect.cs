using System.Data.Common;

namespace GroqKit.Gateway.Services.Jobs;

/// <summary>
/// What a job changes in the database. It runs in the transaction that ends the attempt, and only for the holder of the job's newest
/// lease: so it happens once, however often the job was begun.
/// </summary>
internal delegate Task JobEffect(DbTransaction transaction, CancellationToken cancellationToken);
