-- Granular certificates: what a device generated in one hour, in watt-hours that are held,
-- transferred and retired. They take the same attributes as credits, so an allocation's claim may
-- be a claim on credits or a run of hours of an issuance.

alter table allocation drop constraint allocation_claim_id_fkey;

-- The wish for certificates of a device's hours, and what came of it.
create table granular_issuance (
    id uuid primary key,
    project_id uuid not null references project,
    device_id uuid not null,
    hours tstzmultirange not null check (not isempty(hours)), -- runs of whole hours, UTC
    unit_class text not null check (unit_class in ('LIVE', 'TEST')),
    tier text not null check (tier in ('T1', 'T2', 'T3')), -- of the device, as it was asked
    requested_by uuid not null, -- a person, who may not approve
    state text not null check (state in ('REQUESTED', 'ISSUED', 'REJECTED'))
);
create index granular_issuance_project on granular_issuance (project_id, id);

-- One hour of one device; only the next free serial, one for each watt-hour, ever changes.
create table granular_certificate (
    id uuid primary key,
    issuance_id uuid not null references granular_issuance,
    project_id uuid not null references project,
    device_id uuid not null,
    hour_start timestamptz not null,
    energy_wh bigint not null check (energy_wh > 0),
    unit_class text not null check (unit_class in ('LIVE', 'TEST')),
    tier text not null check (tier in ('T1', 'T2', 'T3')),
    region text not null check (region ~ '^[A-Z]{3}$'), -- ISO 3166-1 alpha-3
    approval text not null check (approval in ('MACHINE', 'OPERATOR')),
    next_serial bigint not null check (next_serial between 1 and energy_wh + 1),
    constraint an_hour_is_certified_once unique (device_id, hour_start)
);
create index granular_certificate_issuance on granular_certificate (issuance_id);
create index granular_certificate_hour on granular_certificate (hour_start, id);

-- Watt-hours that were used for good, for consumption in the same hour.
create table granular_retirement (
    id uuid primary key,
    sequence bigint not null unique,
    certificate_id uuid not null references granular_certificate,
    first_serial bigint not null check (first_serial >= 1),
    last_serial bigint not null check (last_serial >= first_serial),
    holder text not null,
    consumed_from timestamptz not null,
    consumed_until timestamptz not null check (consumed_until > consumed_from),
    at timestamptz not null,
    beneficiary text not null,
    purpose text not null,
    exclude using gist (
        certificate_id with =, int8range(first_serial, last_serial, '[]') with &&)
);
create index granular_retirement_holder on granular_retirement (holder, sequence);

-- Hourly factors of grids, which operators load: one proposes a table, another approves it, and it
-- never changes. A statement that was made by one names it by its SHA-256.
create table hourly_factor_set (
    id uuid primary key,
    name text not null,
    version integer not null check (version >= 1),
    region text not null,
    gases text not null check (gases in ('CO2', 'CO2E')),
    boundary text not null check (boundary in ('OPERATING', 'LIFE_CYCLE')),
    source text not null check (char_length(source) between 1 and 200),
    hours text not null, -- a line for each: its start, a comma, grams for a kilowatt-hour
    sha256 bytea not null check (octet_length(sha256) = 32),
    first_hour timestamptz not null,
    last_hour timestamptz not null check (last_hour >= first_hour),
    proposed_by uuid not null,
    approved_by uuid,
    approved_at timestamptz,
    check ((approved_by is null) = (approved_at is null)),
    constraint hourly_factors_take_two_persons check (approved_by <> proposed_by),
    unique (name, version)
);
create index hourly_factor_set_region on hourly_factor_set (region, approved_at);
