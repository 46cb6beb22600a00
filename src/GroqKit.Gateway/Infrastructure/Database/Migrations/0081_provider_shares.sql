-- Providers that don't get all the calls meant for them. Without a row, a provider does.
CREATE TABLE provider_shares (
    tenant TEXT NOT NULL,
    provider TEXT NOT NULL,
    percent BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, provider)
);
