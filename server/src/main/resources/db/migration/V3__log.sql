-- The checkpoints of the transparency log, every one that was published. Rows are added, never
-- removed; only the cosignatures in the latest row's note may grow.
create table checkpoint (
    size bigint primary key check (size >= 0),
    -- The checkpoint before it, or -1. Each has one successor at the most, so two publishers that
    -- start from the same checkpoint cannot both go on.
    previous bigint not null unique,
    root bytea not null check (octet_length(root) = 32),
    -- As it is served: the signed text and its signatures.
    note text not null,
    signed_at timestamptz not null,
    check (previous < size)
);
