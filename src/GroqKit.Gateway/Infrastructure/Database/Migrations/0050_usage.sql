-- One row per call, never changed. Money is in billionths of a dollar, time in milliseconds; no content of any call is here.
CREATE TABLE usage (
    request_id TEXT PRIMARY KEY,
    started_at BIGINT NOT NULL,
    tenant TEXT NOT NULL,
    key_id TEXT NOT NULL,
    service TEXT NOT NULL,
    operation TEXT NOT NULL,
    agent TEXT,
    conversation TEXT,
    end_user TEXT,
    provider TEXT,
    model TEXT,
    streamed BIGINT NOT NULL,
    outcome BIGINT NOT NULL,
    status BIGINT NOT NULL,
    error TEXT,
    fallback TEXT,
    finish_reason TEXT,
    estimated BIGINT NOT NULL,
    prompt_tokens BIGINT NOT NULL,
    cached_tokens BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    total_tokens BIGINT NOT NULL,
    audio_in_ms BIGINT,
    audio_in_bytes BIGINT NOT NULL,
    characters BIGINT NOT NULL,
    audio_out_ms BIGINT,
    cost_nano BIGINT,
    latency_us BIGINT NOT NULL,
    first_token_us BIGINT,
    overhead_us BIGINT NOT NULL
);

CREATE INDEX usage_of_tenant ON usage (tenant, started_at, request_id);
CREATE INDEX usage_of_key ON usage (key_id, started_at);
CREATE INDEX usage_of_end_user ON usage (key_id, end_user, started_at) WHERE end_user IS NOT NULL;

-- The sums of whole hours, written in the same transaction as the rows. An absent name is empty here, so that it can be part of the key.
CREATE TABLE usage_hourly (
    tenant TEXT NOT NULL,
    hour BIGINT NOT NULL,
    key_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    service TEXT NOT NULL,
    requests BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    estimated BIGINT NOT NULL,
    unpriced BIGINT NOT NULL,
    prompt_tokens BIGINT NOT NULL,
    cached_tokens BIGINT NOT NULL,
    completion_tokens BIGINT NOT NULL,
    reasoning_tokens BIGINT NOT NULL,
    total_tokens BIGINT NOT NULL,
    audio_in_ms BIGINT NOT NULL,
    audio_in_bytes BIGINT NOT NULL,
    characters BIGINT NOT NULL,
    audio_out_ms BIGINT NOT NULL,
    cost_nano BIGINT NOT NULL,
    latency_us BIGINT NOT NULL,
    first_token_us BIGINT NOT NULL,
    first_tokens BIGINT NOT NULL,
    PRIMARY KEY (tenant, hour, key_id, agent, provider, model, service)
);

CREATE INDEX usage_hourly_of_key ON usage_hourly (key_id, hour);
