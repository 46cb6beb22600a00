-- Grows by one with every change of what nodes keep in memory; they poll it.
CREATE TABLE configuration_state (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL
);

INSERT INTO configuration_state (id, version) VALUES (1, 1);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    scopes TEXT NOT NULL,
    limits TEXT NOT NULL,
    user_limits TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    version BIGINT NOT NULL
);

CREATE INDEX api_keys_of_tenant ON api_keys (tenant, id);

-- A key keeps its id, and with it its limits and its usage, while its secret is exchanged for another.
CREATE TABLE api_key_secrets (
    hash {bytes} PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES api_keys (id),
    last_four TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);

CREATE INDEX api_key_secrets_of_key ON api_key_secrets (key_id);

CREATE TABLE providers (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    base_url TEXT NOT NULL,
    api_key TEXT,
    max_retries BIGINT NOT NULL,
    timeout_seconds BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE agents (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    on_break TEXT NOT NULL,
    limits TEXT NOT NULL,
    llm_provider TEXT,
    llm_model TEXT,
    llm_config TEXT,
    llm_fallback TEXT,
    stt_provider TEXT,
    stt_model TEXT,
    stt_config TEXT,
    stt_fallback TEXT,
    tts_provider TEXT,
    tts_model TEXT,
    tts_config TEXT,
    tts_fallback TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Who changed what. Rows are never changed.
CREATE TABLE audit_log (
    id {identity},
    at BIGINT NOT NULL,
    tenant TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    details TEXT NOT NULL,
    request_id TEXT NOT NULL
);

CREATE INDEX audit_log_of_tenant ON audit_log (tenant, id);
