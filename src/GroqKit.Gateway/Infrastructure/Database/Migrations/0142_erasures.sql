-- People who were erased, by a hash of their names: what other nodes still have of them may not bring them back.
CREATE TABLE erasures (
    person TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE INDEX erasures_by_age ON erasures (at);
