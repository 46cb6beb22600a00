-- For how long answers of an agent may be repeated from the cache; 0: not at all.
ALTER TABLE agents ADD COLUMN cache_seconds BIGINT NOT NULL DEFAULT 0;
