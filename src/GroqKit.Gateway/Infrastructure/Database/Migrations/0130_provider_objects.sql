-- Whose the files and batches are that providers keep under the gateway's own account. Nothing of their content is here.
CREATE TABLE provider_objects (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    provider TEXT NOT NULL,
    key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);
