-- When a batch was seen to be over; NULL while it isn't, and for files.
ALTER TABLE provider_objects ADD COLUMN ended_at BIGINT;
