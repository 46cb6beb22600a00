-- When a batch was seen to be over; NULL while it isn't, and for files.
ALTER TABLE provider_objects ADD COLUMN ended_at BIGINT;

-- A known text under the master key, so that a wrong key is told before anything is stored under it.
CREATE TABLE master_key_mark (
    id BIGINT PRIMARY KEY,
    sealed TEXT NOT NULL
);
