-- Devices, what they have sent, and what of it is claimed.

-- What a device was asked to sign. A row is short-lived, unless a device was bonded by it.
create table bond_challenge (
    nonce       bytea primary key check (octet_length(nonce) = 32),
    device_id   uuid not null,
    key         bytea not null check (octet_length(key) = 32),
    owner_id    uuid not null,
    declaration bytea not null check (octet_length(declaration) = 32),
    expires_at  timestamptz not null
);
create index bond_challenge_expiry on bond_challenge (expires_at);

create table device (
    id                    uuid primary key,
    key                   bytea not null check (octet_length(key) = 32),
    owner_id              uuid not null,
    tier                  text not null check (tier in ('T0', 'T1', 'T2', 'T3')),
    simulated             boolean not null,
    zone                  text not null,
    latitude              numeric not null check (latitude between -90 and 90),
    longitude             numeric not null check (longitude between -180 and 180),
    altitude_metres       integer not null,
    country               text not null check (country ~ '^[A-Z]{2}$'), -- ISO 3166-1 alpha-2
    watts_peak            bigint not null check (watts_peak > 0),
    mounting              text not null check (mounting in ('FIXED', 'TRACKER', 'PORTABLE')),
    interval_seconds      bigint not null check (interval_seconds between 60 and 86400),
    -- The owner's declaration of exclusivity. The ids that others gave the device stand in two
    -- arrays, scheme beside id.
    other_schemes         text[] not null,
    support_payments      text[] not null,
    external_schemes      text[] not null,
    external_ids          text[] not null
        check (cardinality(external_ids) = cardinality(external_schemes)),
    cap_and_trade_covered boolean not null,
    -- With these the bond's signature can be checked again.
    challenge_nonce       bytea not null unique check (octet_length(challenge_nonce) = 32),
    challenge_expires_at  timestamptz not null,
    bond_signature        bytea not null check (octet_length(bond_signature) = 64),
    receipt               bigint not null unique, -- the bond's entry in the journal
    constraint device_key_bonded_once unique (key)
);
create index device_owner on device (owner_id, id);

-- Whose device another scheme means by an id, in lower case: one owner's at most.
create table device_external_id (
    scheme      text not null,
    external_id text not null,
    owner_id    uuid not null,
    primary key (scheme, external_id)
);

-- What a device's next batch is judged against. "Stated" is the time that it has spoken of;
-- "closed" is what claims have closed, and what comes for that is late. A claim may close the time
-- of a device before it says anything.
create table device_progress (
    device_id         uuid primary key,
    last_sequence     bigint not null check (last_sequence >= 0),
    last_batch        bytea not null check (octet_length(last_batch) = 32),
    generation_stated tstzmultirange not null,
    export_stated     tstzmultirange not null,
    import_stated     tstzmultirange not null,
    generation_closed tstzmultirange not null,
    export_closed     tstzmultirange not null,
    import_closed     tstzmultirange not null
);

-- Batches taken in. Their bytes, signature and findings are the private content of the journal's
-- entry `receipt`, whose leaf commits to them under that entry's salt.
create table reading_batch (
    receipt     bigint primary key,
    device_id   uuid not null,
    sequence    bigint not null check (sequence >= 1),
    channel     text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    first_start timestamptz not null, -- of its readings, the rejected ones too
    last_end    timestamptz not null check (last_end > first_start),
    hash        bytea not null check (octet_length(hash) = 32),
    signed      boolean not null,
    accepted    integer not null check (accepted >= 0),
    rejected    integer not null check (rejected >= 0),
    energy_wh   bigint not null check (energy_wh >= 0),
    constraint batch_sequence_used_once unique (device_id, sequence)
);

-- One metered interval: what the meter said (raw), what counts of that (energy), what stands after
-- corrections (metered), and what claims have taken. The database refuses more than is there.
--
-- A partition holds what starts in one month (UTC); interval_partition makes it. So the index of
-- the month that is being written stays small, and old months can be detached whole.
create table interval (
    device_id    uuid not null,
    channel      text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    start_at     timestamptz not null,
    seconds      integer not null check (seconds between 1 and 86400),
    raw_wh       bigint not null,
    energy_wh    bigint not null check (energy_wh = greatest(raw_wh, 0)),
    metered_wh   bigint not null check (metered_wh >= 0),
    allocated_wh bigint not null default 0,
    shortfall_wh bigint not null default 0 check (shortfall_wh >= 0),
    late         boolean not null, -- it came after its period was closed: no claim can take it
    receipt      bigint, -- the entry that took it in; every row that the server writes has one
    -- Sums of energy over time are read from the key's index alone.
    primary key (device_id, channel, start_at) include (seconds, metered_wh),
    constraint never_more_than_metered check (allocated_wh between 0 and metered_wh + shortfall_wh),
    constraint late_is_not_claimed check (not late or allocated_wh = 0)
) partition by range (start_at);

-- Makes the partition of a month, and says whether it was not there yet. It waits for whoever else
-- makes one, and for nobody who reads or writes intervals: "attach" needs no stronger lock.
create function interval_partition(month date) returns boolean language plpgsql as $$
declare
    name text := to_char(month, '"interval_"YYYY"_"MM');
    bounds text := format('from (%L) to (%L)',
        to_char(month, 'YYYY-MM-01"T00:00:00Z"'),
        to_char(month + interval '1 month', 'YYYY-MM-01"T00:00:00Z"'));
begin
    if not exists (select from pg_inherits
            where inhparent = 'interval'::regclass and inhrelid = to_regclass(name)) then
        lock table interval in share update exclusive mode;
        if to_regclass(name) is null then
            execute format('create table %I (like interval including all)', name);
            execute format('alter table interval attach partition %I for values %s', name, bounds);
            return true;
        elsif not exists (select from pg_inherits
                where inhparent = 'interval'::regclass and inhrelid = to_regclass(name)) then
            raise exception '% was detached: attach it again, or move it to another schema', name;
        end if;
    end if;
    return false;
end
$$;

-- What the checks found, in the order of a batch's findings.
create table finding (
    device_id uuid not null,
    receipt   bigint not null,
    position  integer not null check (position >= 0),
    channel   text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    rule      text not null,
    outcome   text not null check (outcome in ('INFO', 'HOLD', 'REJECT')),
    start_at  timestamptz not null,
    end_at    timestamptz not null check (end_at > start_at),
    inputs    json not null, -- not jsonb, which would put them in another order
    threshold text not null,
    primary key (device_id, receipt, position)
);
