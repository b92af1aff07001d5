-- The checkpoints of the transparency log, every one that was published. Rows are added, never
-- removed; only the cosignatures in the latest row's note may grow.
create table checkpoint (
    -- The log's name. A log that had to be succeeded keeps its rows beside those of its successor.
    origin text not null check (origin <> ''),
    size bigint not null check (size >= 0),
    -- The checkpoint of this log before it, or -1. Each has one successor at the most, so two
    -- publishers that start from the same checkpoint cannot both go on.
    previous bigint not null,
    root bytea not null check (octet_length(root) = 32),
    -- How many witnesses cosigned it: proofs are rather made under one that enough of them saw.
    cosignatures smallint not null check (cosignatures >= 0),
    -- As it is served: the signed text and its signatures.
    note text not null,
    signed_at timestamptz not null,
    primary key (origin, size),
    unique (origin, previous),
    check (previous < size)
);
