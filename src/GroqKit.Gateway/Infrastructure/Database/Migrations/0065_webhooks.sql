CREATE TABLE webhook_targets (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Which events it gets, as a JSON list; an empty one means all.
    events TEXT NOT NULL,
    -- Encrypted; more than one while the receiver changes over to a new one.
    secrets TEXT NOT NULL,
    -- Why nothing is sent to it; null while it is in use.
    disabled_reason TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE webhook_events (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    type TEXT NOT NULL,
    -- What happened once is told once, whichever node saw it and however often.
    unique_key TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX webhook_events_unique ON webhook_events (tenant, type, unique_key);
CREATE INDEX webhook_events_by_age ON webhook_events (created_at);

CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    target_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE INDEX webhook_deliveries_of_target ON webhook_deliveries (tenant, target_id, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (finished_at);
CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (event_id);

CREATE TABLE webhook_attempts (
    id {identity},
    delivery_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    status BIGINT,
    error TEXT,
    duration_ms BIGINT NOT NULL
);

CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (delivery_id, id);

CREATE INDEX webhook_attempts_by_age ON webhook_attempts (at);

CREATE TABLE webhook_sources (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    handler TEXT NOT NULL,
    secrets TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- What came in. A message that is here is not taken a second time, on whichever node.
CREATE TABLE webhook_receipts (
    tenant TEXT NOT NULL,
    source TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, source, message_id)
);

CREATE INDEX webhook_receipts_by_age ON webhook_receipts (received_at);
