-- Pools of small producers, corrections of closed monitoring periods, and what other registries
-- have told of their units.

-- The pool of a project, if it has one. What is credited to it lies in the account
-- system:pool-<project> until it is divided.
create table pool (
    project_id uuid primary key references project,
    undivided_nanograms numeric(40, 0) not null check (undivided_nanograms >= 0) -- nobody's yet
);

-- Organisations and pools. What is carried is the member's own, and not yet a gram.
create table pool_member (
    project_id uuid not null references pool,
    organisation_id uuid not null,
    standing text not null check (standing in ('RUNS', 'INVITED', 'JOINED', 'LEFT')),
    carried_nanograms bigint not null check (carried_nanograms between 0 and 999999999),
    primary key (project_id, organisation_id)
);
create unique index pool_runs on pool_member (project_id) where standing = 'RUNS';
create index pool_member_of on pool_member (organisation_id, project_id);

-- Blocks that were divided: each once.
create table pool_division (
    block_id uuid primary key references credit_block,
    project_id uuid not null references pool,
    divided_grams bigint not null check (divided_grams > 0),
    given_grams bigint not null check (given_grams >= 0),
    sequence bigint not null unique,
    at timestamptz not null
);
create index pool_division_of on pool_division (project_id, sequence);

-- Who got what of a block.
create table pool_share (
    block_id uuid not null references pool_division,
    organisation_id uuid not null,
    sequence bigint not null,
    watt_hours bigint not null check (watt_hours >= 0),
    grams bigint not null check (grams >= 0),
    carried_nanograms bigint not null check (carried_nanograms between 0 and 999999999),
    primary key (block_id, organisation_id)
);
create index pool_share_sequence on pool_share (sequence);

-- Who was invited to a pool, joined or left it, when, and by whose hand.
create table pool_step (
    sequence bigint primary key,
    project_id uuid not null references pool,
    organisation_id uuid not null,
    standing text not null check (standing in ('RUNS', 'INVITED', 'JOINED', 'LEFT')),
    person_id uuid not null,
    at timestamptz not null
);
create index pool_step_of on pool_step (project_id, sequence);

-- What became known of monitoring periods after they were closed. Content, canonical:
-- wattmark/claim-correction/v1.
create table claim_correction (
    id uuid primary key,
    claim_id uuid not null references claim,
    content bytea not null,
    sequence bigint not null unique,
    at timestamptz not null
);
create index claim_correction_of on claim_correction (claim_id, sequence);

-- A reversal follows from an intervention, or from a correction.
alter table reversal drop constraint reversal_id_fkey;

-- What other registries have told of their units, in the shape of CADT. No units of ours.
create table cadt_import (
    id uuid primary key,
    file_sha256 bytea not null check (octet_length(file_sha256) = 32),
    answer json not null, -- of the import, for whoever sends it again
    at timestamptz not null,
    undone_at timestamptz
);

-- A row of it, as it was told: every value is text.
create table cadt_row (
    import_id uuid not null references cadt_import,
    kind text not null check (kind in ('PROJECT', 'ISSUANCE', 'UNIT')),
    row_id text not null,
    parent text not null, -- the row that it refers to; empty for a project
    position integer not null,
    fields json not null,
    primary key (import_id, kind, row_id)
);
create index cadt_row_named on cadt_row (kind, row_id);
create index cadt_row_referring on cadt_row (kind, parent);
