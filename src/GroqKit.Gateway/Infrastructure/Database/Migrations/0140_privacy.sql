-- How an agent treats personal data, and which guard model looks at its input; JSON, NULL where it says nothing.
ALTER TABLE agents ADD COLUMN privacy TEXT;
ALTER TABLE agents ADD COLUMN screening TEXT;

-- What the guard model made of an input.
ALTER TABLE usage ADD COLUMN screening TEXT;

-- Requests and answers of agents that want them kept, encrypted under the master key.
CREATE TABLE kept_bodies (
    request_id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    agent TEXT NOT NULL,
    end_user TEXT,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    request TEXT NOT NULL,
    answer TEXT NOT NULL
);

CREATE INDEX kept_bodies_by_age ON kept_bodies (expires_at);
CREATE INDEX kept_bodies_of_end_user ON kept_bodies (tenant, end_user) WHERE end_user IS NOT NULL;

-- Answers to requests with an Idempotency-Key, encrypted, so that the same request again gets the same answer and nothing happens twice.
CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    key_id TEXT NOT NULL,
    route TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    token TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    end_user TEXT,
    fingerprint TEXT,
    answer TEXT,
    PRIMARY KEY (tenant, key_id, route, idempotency_key)
);

CREATE INDEX idempotency_by_age ON idempotency (expires_at);
CREATE INDEX idempotency_of_end_user ON idempotency (tenant, end_user) WHERE end_user IS NOT NULL;
