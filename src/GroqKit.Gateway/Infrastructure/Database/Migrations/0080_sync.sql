-- How the last run of each background task went.
CREATE TABLE sync_runs (
    task TEXT PRIMARY KEY,
    runs BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    summary TEXT NOT NULL
);

CREATE TABLE provider_health (
    tenant TEXT NOT NULL,
    provider TEXT NOT NULL,
    status TEXT NOT NULL,
    since BIGINT NOT NULL,
    checked_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    latency_us BIGINT NOT NULL,
    error TEXT,
    PRIMARY KEY (tenant, provider)
);

-- What each provider offers, as its list of models says it.
CREATE TABLE model_listings (
    tenant TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    -- The members of the entry's "pricing" as a JSON object; null where it names no prices.
    pricing TEXT,
    priced_at BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    retired_at BIGINT,
    PRIMARY KEY (tenant, provider, model)
);
