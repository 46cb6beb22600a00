-- Under which name the values are kept that a file's placeholders stand for; NULL where nobody asked for them.
ALTER TABLE provider_objects ADD COLUMN masks TEXT;
