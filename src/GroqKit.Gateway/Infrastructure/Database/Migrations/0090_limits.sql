-- What nodes share of limits while they run. Losing it in a crash is foreseen, so PostgreSQL needn't log it, and a move leaves it behind.
CREATE {unlogged}TABLE limit_ledgers (
    id TEXT PRIMARY KEY,
    state {bytes} NOT NULL,
    expires_at BIGINT NOT NULL
);
