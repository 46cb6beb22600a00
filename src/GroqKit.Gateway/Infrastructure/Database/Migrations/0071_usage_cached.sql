-- Whether an answer was repeated from the cache.
ALTER TABLE usage ADD COLUMN cached BIGINT NOT NULL DEFAULT 0;
