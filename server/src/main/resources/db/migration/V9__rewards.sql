-- What devices earn. Amounts are in micro-units, millionths of a currency's main unit; days are
-- civil days of the device's site.

create table reward_programme (
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 100),
    region text not null check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'), -- ISO 3166
    currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217
    test boolean not null,
    genesis date not null,
    halving_days integer not null check (halving_days > 0),
    versions integer not null check (versions > 0),
    devices bigint not null check (devices >= 0)
);

create table reward_terms (
    programme_id uuid not null references reward_programme,
    version integer not null check (version > 0),
    from_day date not null,
    daily_cap_wh bigint not null check (daily_cap_wh > 0),
    base_basis_points integer not null check (base_basis_points between 1000 and 3000),
    early_devices integer not null check (early_devices >= 0),
    early_basis_points integer not null check (early_basis_points between 5000 and 20000),
    reference_device integer not null check (reference_device > 0),
    payout_threshold_micros bigint not null check (payout_threshold_micros > 0),
    lowest_tier text not null check (lowest_tier in ('T1', 'T2', 'T3')),
    primary key (programme_id, version),
    unique (programme_id, from_day)
);

-- Of two tariffs that begin on one day the one approved last stands here.
create table reward_tariff (
    id uuid not null unique,
    region text not null check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    from_day date not null,
    per_kilowatt_hour numeric not null check (per_kilowatt_hour > 0),
    source text not null check (char_length(source) between 1 and 300),
    primary key (region, currency, from_day)
);

-- What one person proposes and another approves; the motion is in canonical bytes.
create table reward_proposal (
    id uuid primary key,
    proposed_by uuid not null,
    motion bytea not null,
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    decided_by uuid,
    check ((decided_by is null) = (state = 'PROPOSED')),
    constraint proposal_takes_two_persons check (state <> 'APPROVED' or decided_by <> proposed_by)
);
create index reward_proposal_open on reward_proposal (id) where state = 'PROPOSED';

create table reward_device (
    programme_id uuid not null references reward_programme,
    device_id uuid not null,
    owner_id uuid not null,
    zone text not null, -- IANA
    tier text not null check (tier in ('T1', 'T2', 'T3')),
    rank bigint not null check (rank > 0),
    from_day date not null,
    rewarded tstzmultirange not null,
    carry numeric not null check (carry >= 0 and carry < 1), -- of a micro-unit
    primary key (programme_id, device_id),
    unique (programme_id, rank)
);
create index reward_device_owner on reward_device (owner_id, programme_id, device_id);
create index reward_device_device on reward_device (device_id, programme_id);

create table reward_day (
    programme_id uuid not null,
    device_id uuid not null,
    day date not null,
    tariff_id uuid not null,
    per_kilowatt_hour numeric not null check (per_kilowatt_hour > 0),
    rate_basis_points integer not null check (rate_basis_points between 1000 and 3000),
    cap_wh bigint not null check (cap_wh > 0),
    metered_wh bigint not null check (metered_wh >= 0),
    rewarded_wh bigint not null check (rewarded_wh >= 0),
    granted_micros numeric not null check (granted_micros >= 0), -- exact, before rounding
    primary key (programme_id, device_id, day),
    foreign key (programme_id, device_id) references reward_device,
    constraint never_above_the_cap check (rewarded_wh <= least(cap_wh, metered_wh))
);

-- Each interval once in each programme, for ever.
create table reward (
    programme_id uuid not null,
    device_id uuid not null,
    start_at timestamptz not null,
    seconds integer not null check (seconds between 1 and 86400),
    accrual_id uuid not null, -- the command that rewarded it
    metered_wh bigint not null check (metered_wh >= 0),
    rewarded_wh bigint not null check (rewarded_wh between 0 and metered_wh),
    micros bigint not null check (micros >= 0),
    reason text not null check (reason in ('POOL_EXHAUSTED', 'DAILY_CAP', 'NONE')), -- for less
    constraint interval_rewarded_once primary key (programme_id, device_id, start_at),
    foreign key (programme_id, device_id) references reward_device
);
create index reward_accrual on reward (accrual_id);

-- What stands of a rewarded interval that had less energy.
create table reward_correction (
    programme_id uuid not null,
    device_id uuid not null,
    start_at timestamptz not null,
    metered_wh bigint not null check (metered_wh >= 0),
    primary key (programme_id, device_id, start_at),
    foreign key (programme_id, device_id) references reward_device
);

-- What owners owe a pool for rewards that were corrected after they were paid or staked.
create table reward_debt (
    programme_id uuid not null references reward_programme,
    owner_id uuid not null,
    micros bigint not null check (micros > 0),
    primary key (programme_id, owner_id)
);

create table reward_payout (
    id uuid primary key,
    programme_id uuid not null references reward_programme,
    account text not null,
    micros bigint not null check (micros > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    minor_units bigint not null check (minor_units > 0),
    at timestamptz not null
);
create index reward_payout_account on reward_payout (account, id);

-- What is locked lies in the hold of the same id.
create table reward_stake (
    id uuid primary key,
    programme_id uuid not null references reward_programme,
    account text not null,
    micros bigint not null check (micros > 0),
    weight_basis_points integer not null check (weight_basis_points > 0),
    from_at timestamptz not null,
    until_at timestamptz not null check (until_at > from_at),
    earned_minor_units bigint not null check (earned_minor_units >= 0),
    state text not null check (state in ('LOCKED', 'UNLOCKED'))
);
create index reward_stake_account on reward_stake (account, id);

-- Corrected intervals are few, and rewards look for them.
create index interval_corrected on interval (device_id, start_at) where metered_wh < energy_wh;
