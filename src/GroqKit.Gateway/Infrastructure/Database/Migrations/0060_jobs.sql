-- Work that survives the process that asked for it. The payload is JSON without secrets.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- Of one tenant and kind, no two jobs have the same; null for jobs that may be there any number of times.
    unique_key TEXT,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    lease_owner TEXT,
    -- Grows with every lease: who holds an older one can't finish the job any more.
    lease_token BIGINT NOT NULL,
    lease_until BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE UNIQUE INDEX jobs_unique ON jobs (tenant, kind, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX jobs_due ON jobs (state, due_at);
CREATE INDEX jobs_of_tenant ON jobs (tenant, id);
