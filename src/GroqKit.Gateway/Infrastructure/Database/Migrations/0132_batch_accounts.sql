-- When what a batch used was put to account, or found to be nothing. Only batches have it.
ALTER TABLE provider_objects ADD COLUMN settled_at BIGINT;
