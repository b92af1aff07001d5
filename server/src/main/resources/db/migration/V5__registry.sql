-- Projects, claims, what of the metered energy they reserve, credit blocks and retirements.

create extension if not exists btree_gist;

-- Organisations of class TEST play: what they hold is never taken for the real thing.
alter table organisation
    add column unit_class text not null default 'LIVE' check (unit_class in ('LIVE', 'TEST')),
    add column controller_id uuid references organisation;

create table project (
    id uuid primary key,
    proponent_id uuid not null,
    controller_id uuid,
    title text not null check (char_length(title) between 1 and 200),
    region text not null check (region ~ '^[A-Z]{3}$'),
    zone text not null,
    methodology text not null,
    methodology_version integer not null check (methodology_version >= 1),
    unit_class text not null check (unit_class in ('LIVE', 'TEST'))
);
create index project_proponent on project (proponent_id, id);

create table claim (
    id uuid primary key,
    project_id uuid not null references project,
    proponent_id uuid not null,
    state text not null check (state in
        ('SUBMITTED', 'CHECKED', 'NEEDS_REVIEW', 'APPROVED', 'REFUSED', 'ISSUED')),
    -- The claim itself, canonical: wattmark/claim/v1.
    content bytea not null,
    -- Who approved it: 'verifier:<organisation>' or 'machine:<policy>/<version>'.
    verified_by text,
    -- The verification statement, canonical; a draft until the claim is approved.
    statement bytea,
    check ((verified_by is not null) = (state in ('APPROVED', 'ISSUED')))
);
create index claim_proponent on claim (proponent_id, id);

-- Which claim uses which metered energy: all that was left of a range. Live ranges of one channel
-- do not overlap; the counters of `interval` say the same for each interval.
create table allocation (
    claim_id uuid not null references claim,
    device_id uuid not null,
    channel text not null,
    during tstzrange not null check (lower_inc(during) and not upper_inc(during)),
    use text not null check (use in ('CARBON_CREDIT', 'GRANULAR_CERTIFICATE', 'ENERGY_SALE')),
    status text not null check (status in ('PENDING', 'CONSUMED', 'RELEASED')),
    primary key (claim_id, device_id, channel),
    exclude using gist (device_id with =, channel with =, during with &&)
        where (status <> 'RELEASED')
);

-- What rounding left of a project's vintage, for its next statement: less than a gram.
create table carried_remainder (
    project_id uuid not null references project,
    vintage integer not null,
    grams numeric not null check (grams >= 0 and grams < 1),
    primary key (project_id, vintage)
);

create table credit_block (
    id uuid primary key,
    project_id uuid not null references project,
    claim_id uuid not null references claim,
    vintage integer not null,
    unit_class text not null check (unit_class in ('LIVE', 'TEST')),
    issued_grams bigint not null check (issued_grams > 0),
    buffer_grams bigint not null check (buffer_grams between 0 and issued_grams),
    next_serial bigint not null check (next_serial between 1 and issued_grams + 1),
    unique (claim_id, vintage)
);

create table retirement (
    id uuid primary key,
    sequence bigint not null unique,
    block_id uuid not null references credit_block,
    first_serial bigint not null check (first_serial >= 1),
    last_serial bigint not null check (last_serial >= first_serial),
    holder text not null,
    at timestamptz not null,
    beneficiary text not null,
    purpose text not null,
    exclude using gist (
        block_id with =, int8range(first_serial, last_serial, '[]') with &&)
);
create index retirement_holder on retirement (holder, sequence);

-- What the checks of a claim found, one row a check; the journal has the digest of all.
create table claim_finding (
    claim_id uuid not null references claim,
    "check" text not null,
    outcome text not null check (outcome in ('INFO', 'HOLD', 'REJECT')),
    inputs json not null, -- not jsonb, which loses the order that the digest has
    threshold text not null,
    primary key (claim_id, "check")
);
