using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// A statement that runs many times, with its parameters by their places. The library's own command searches for every parameter by
/// its name on every run, which costs several times what storing the row does.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int MaxOnStack = 1024;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    // What each parameter still holds from the run before: rows differ in few columns, and a binding is a call into the library.
    private readonly string?[] _texts;
    private readonly long?[] _numbers;
    private int _next;

    /// <param name="transaction">What it belongs to.</param>
    /// <param name="sql">With a <c>?</c> for each parameter.</param>
    /// <exception cref="SqliteException">It isn't valid.</exception>
    public SqliteStatement(DbTransaction transaction, string sql)
    {
        _database = ((SqliteConnection)transaction.Connection!).Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        int parameters = raw.sqlite3_bind_parameter_count(_statement);
        _texts = new string?[parameters];
        _numbers = new long?[parameters];
    }

    /// <summary>Sets the next parameter, which is a number in every run.</summary>
    public void Bind(long? value)
    {
        int place = _next++;
        // Before the first run every parameter is NULL.
        if (_numbers[place] == value)
            return;
        _numbers[place] = value;
        Check(
            value is { } number
                ? raw.sqlite3_bind_int64(_statement, place + 1, number)
                : raw.sqlite3_bind_null(_statement, place + 1)
        );
    }

    /// <summary>Sets the next parameter, which is a text in every run.</summary>
    public void Bind(string? value)
    {
        int place = _next++;
        if (_texts[place] == value)
            return;
        _texts[place] = value;
        Check(
            value switch
            {
                null => raw.sqlite3_bind_null(_statement, place + 1),
                // An empty span is a null pointer, which would be NULL.
                "" => raw.sqlite3_bind_text(_statement, place + 1, ""),
                _ => BindText(place + 1, value),
            }
        );
    }

    /// <summary>Runs it with what was bound since the last run; the next parameter is the first again.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">The database refuses.</exception>
    public int Run()
    {
        _next = 0;
        int result = raw.sqlite3_step(_statement);
        int changed = raw.sqlite3_changes(_database);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        return changed;
    }

    public void Dispose() => _statement.Dispose();

    private int BindText(int place, string value)
    {
        int longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> text = longest <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[longest];
        return raw.sqlite3_bind_text(_statement, place, text[..Encoding.UTF8.GetBytes(value, text)]);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
