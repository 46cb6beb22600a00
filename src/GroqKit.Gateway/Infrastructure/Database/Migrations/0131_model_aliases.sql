-- Names that callers say in place of models. In the column models: [{"provider": …, "model": …}], the preferred first.
CREATE TABLE model_aliases (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    models TEXT NOT NULL,
    budget TEXT,
    latency_target_ms BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);
