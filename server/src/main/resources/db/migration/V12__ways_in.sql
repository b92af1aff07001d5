-- Packets of Carbon Smart Meters, registers, and imports that can be undone.

-- The keys of devices that makers have deposited before they ship them, bonded or not. Who shows the
-- secret bonds the device.
create table maker_provision (
    maker_id    bytea primary key check (octet_length(maker_id) = 32), -- the id in its packets
    maker       uuid not null,                                         -- an organisation
    key         bytea not null unique check (octet_length(key) = 32),
    secret_hash bytea not null check (octet_length(secret_hash) = 32), -- SHA-256 of the QR secret
    model       text not null check (model <> ''),
    serial      text not null check (serial <> ''),
    receipt     bigint not null  -- the entry that deposited it last
);
create index maker_provision_receipt on maker_provision (maker, receipt, maker_id);

-- Secrets that opened nothing. A row is short-lived: it only slows down who guesses.
create table bond_attempt (
    organisation_id uuid not null,
    maker_id        bytea not null,
    at              timestamptz not null
);
create index bond_attempt_of on bond_attempt (organisation_id, at);

-- A device is bonded by a challenge that it signed, or by the secret in its box.
alter table device
    add column maker_id bytea unique check (octet_length(maker_id) = 32),
    add column provision_receipt bigint, -- the entry that deposited what the secret opened
    alter column challenge_nonce drop not null,
    alter column challenge_expires_at drop not null,
    alter column bond_signature drop not null,
    add constraint device_bonded_in_one_way check (
        num_nulls(challenge_nonce, challenge_expires_at, bond_signature)
            = case when maker_id is null then 0 else 3 end
        and (maker_id is null) = (provision_receipt is null));

-- How far a device has come that sends packets. Energy is in mW·s; `open` is the interval that is
-- being measured.
create table sample_progress (
    device_id             uuid primary key,
    last_packet           bytea check (octet_length(last_packet) = 116),
    open_start            timestamptz,
    open_milliwatt_seconds bigint check (open_milliwatt_seconds >= 0),
    carried               bigint not null check (carried >= 0 and carried < 3600000),
    fraction              numeric not null check (fraction >= 0 and fraction < 1),
    settled_until         timestamptz not null,
    receipt               bigint not null, -- the device's last entry of packets
    constraint sample_open_whole
        check ((open_start is null) = (open_milliwatt_seconds is null))
);

-- Every packet that stands or contradicts one that does. Their bytes are private content of the
-- entry `receipt`.
create table packet (
    device_id        uuid not null,
    at               timestamptz not null, -- the second that it speaks of
    hash             bytea not null check (octet_length(hash) = 32), -- SHA-256 of the signed bytes
    stands           boolean not null,
    milliwatt_seconds bigint not null check (milliwatt_seconds >= 0), -- since the packet before
    receipt          bigint not null,
    primary key (device_id, at, hash)
);
create unique index one_packet_stands on packet (device_id, at) where stands;

-- How far the register of a channel has come.
create table register_progress (
    device_id    uuid not null,
    channel      text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    rolls_over_at bigint not null check (rolls_over_at >= 1000), -- the first count it cannot show
    most_watts   bigint not null check (most_watts > 0),
    last_at      timestamptz,
    last_wh      bigint check (last_wh >= 0),
    open_start   timestamptz,
    open_wh      bigint check (open_wh >= 0),
    receipt      bigint not null, -- the register's last entry
    primary key (device_id, channel),
    constraint register_last_whole check ((last_at is null) = (last_wh is null)),
    constraint register_open_whole check ((open_start is null) = (open_wh is null))
);

-- Files that were imported, and which batches came of each.
create table reading_import (
    id          uuid primary key,
    device_id   uuid not null,
    channel     text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    file_hash   bytea not null check (octet_length(file_hash) = 32),
    batches     bigint[] not null check (cardinality(batches) > 0), -- receipts, in their order
    first_start timestamptz not null,
    last_end    timestamptz not null check (last_end > first_start),
    stated      tstzmultirange not null, -- the time that it speaks of
    accepted    integer not null check (accepted >= 0), -- intervals that it stored
    findings    integer not null check (findings >= 0),
    energy_wh   bigint not null check (energy_wh >= 0), -- of those intervals
    undone_by   bigint -- the entry that undid it
);
create index reading_import_device on reading_import (device_id, (batches[1]));

-- What an undone import had stored: taken out of `interval` and `finding`, and kept.
create table interval_undone (
    device_id  uuid not null,
    channel    text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    start_at   timestamptz not null,
    seconds    integer not null check (seconds between 1 and 86400),
    raw_wh     bigint not null,
    energy_wh  bigint not null check (energy_wh = greatest(raw_wh, 0)),
    late       boolean not null,
    receipt    bigint not null, -- the entry that took it in
    undone_by  bigint not null, -- the entry that undid it
    primary key (device_id, channel, receipt, start_at)
);
create table finding_undone (
    device_id uuid not null,
    receipt   bigint not null,
    position  integer not null check (position >= 0),
    channel   text not null check (channel in ('GENERATION', 'EXPORT', 'IMPORT')),
    rule      text not null,
    outcome   text not null check (outcome in ('INFO', 'HOLD', 'REJECT')),
    start_at  timestamptz not null,
    end_at    timestamptz not null check (end_at > start_at),
    inputs    json not null,
    threshold text not null,
    undone_by bigint not null,
    primary key (device_id, receipt, position)
);
