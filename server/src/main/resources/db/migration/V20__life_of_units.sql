-- What happens to units after they were issued: cancellations, interventions by two persons, what is
-- to be known of a block, reversals, fees, trusted payees, and what programmes outside ask for.

-- An intervention on its way. What it is lies in `intervention`, canonical.
create table intervention (
    id uuid primary key,
    proposed_by uuid not null,
    kind text not null check (kind in ('CANCEL_UNITS', 'SUSPEND_BLOCK', 'RESUME_BLOCK',
        'SUSPEND_ACCOUNT', 'RESUME_ACCOUNT', 'RECALL_BLOCK', 'REVERSE_REDUCTION', 'CHANGE_FEES',
        'RECORD_ELIGIBILITY')),
    intervention bytea not null,
    reason text not null check (char_length(reason) between 1 and 500), -- public
    evidence bytea not null check (octet_length(evidence) = 32), -- SHA-256
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    decided_by uuid,
    check ((decided_by is null) = (state = 'PROPOSED')),
    constraint intervention_takes_two_persons
        check (state <> 'APPROVED' or decided_by <> proposed_by)
);

-- What is to be known of a block's units, those already retired among them.
create table block_flag (
    block_id uuid not null references credit_block,
    flag text not null check (flag in ('SUSPENDED', 'REVERSED', 'RECALLED')),
    raised boolean not null,
    since timestamptz not null, -- of the entry that raised or lowered it
    sequence bigint not null,
    reason text not null,
    primary key (block_id, flag),
    check (raised or flag <> 'RECALLED') -- for good
);

-- Units that were removed without a claim.
create table cancellation (
    id uuid primary key,
    sequence bigint not null unique,
    block_id uuid not null references credit_block,
    first_serial bigint not null check (first_serial >= 1),
    last_serial bigint not null check (last_serial >= first_serial),
    holder text not null,
    cause text not null check (cause in
        ('VOLUNTARY', 'INTERVENTION', 'RECALL', 'REVERSAL', 'REPLACEMENT')),
    under uuid not null, -- the intervention or reversal; its own id if the holder wished it
    at timestamptz not null,
    reason text not null check (char_length(reason) between 1 and 500)
);
create index cancellation_holder on cancellation (holder, sequence);
create index cancellation_under on cancellation (under, sequence);
create index cancellation_block on cancellation (block_id);

-- The serials that retirements and cancellations took: no gram is used twice, in whichever way.
create table used_serials (
    id uuid primary key, -- of the retirement or cancellation
    block_id uuid not null references credit_block,
    first_serial bigint not null check (first_serial >= 1),
    last_serial bigint not null check (last_serial >= first_serial),
    exclude using gist (
        block_id with =, int8range(first_serial, last_serial, '[]') with &&)
);
insert into used_serials select id, block_id, first_serial, last_serial from retirement;

-- Reductions that were lost, and what stands in for them.
create table reversal (
    id uuid primary key references intervention,
    block_id uuid not null references credit_block,
    project_id uuid not null references project,
    proponent_id uuid not null,
    unit_class text not null check (unit_class in ('LIVE', 'TEST')),
    lost_grams bigint not null check (lost_grams > 0),
    drawn_grams bigint not null check (drawn_grams >= 0), -- of the buffer
    owed_grams bigint not null check (owed_grams >= 0),   -- by the proponent
    left_grams bigint not null check (left_grams between 0 and owed_grams),
    check (drawn_grams + owed_grams = lost_grams)
);
create index reversal_block on reversal (block_id);

-- What the registry charges, in minor units for a tonne; the latest whose time has come applies.
create table registry_fee (
    version integer primary key check (version >= 1),
    applies_from timestamptz not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217
    issuance_minor_units bigint not null check (issuance_minor_units >= 0),
    retirement_minor_units bigint not null check (retirement_minor_units >= 0)
);

-- Fees that were paid, each together with what it was for.
create table registry_fee_charged (
    id uuid primary key, -- of the issuance or retirement
    sequence bigint not null unique,
    kind text not null check (kind in ('ISSUANCE', 'RETIREMENT')),
    payer text not null,
    version integer not null references registry_fee,
    quantity_grams bigint not null check (quantity_grams > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217
    minor_units bigint not null check (minor_units > 0)
);

-- What a project has shown of what programmes outside ask for. It makes nothing eligible.
create table eligibility (
    project_id uuid primary key references project,
    letter_of_authorisation text, -- the host country's, by its own id
    corresponding_adjustment text not null
        check (corresponding_adjustment in ('NOT_STARTED', 'COMMITTED', 'COMPLETED')),
    first_crediting_start date,
    ccp_category text
);

-- To whom an organisation may transfer, and since when it has said so.
create table trusted_payee (
    organisation_id uuid not null references organisation,
    payee text not null check (payee ~ '^(test:)?holder:[0-9a-f-]{36}$'),
    name text not null check (char_length(name) between 1 and 200), -- for themselves
    since timestamptz not null,
    primary key (organisation_id, payee)
);

-- How much each organisation has asked to transfer within a day; older rows pass.
create table transfer_allowance (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    at timestamptz not null,
    grams bigint not null check (grams >= 0),
    minor_units bigint not null check (minor_units >= 0)
);
create index transfer_allowance_of on transfer_allowance (organisation_id, at);

-- What a certificate is worth now: one row for each retirement.
create or replace view certificate_status (retirement_id, status, since, sequence, reason) as
select retirement.id,
    case when flag.raised then flag.flag else 'VALID' end,
    coalesce(flag.since, retirement.at),
    coalesce(flag.sequence, retirement.sequence),
    coalesce(flag.reason, '')
from retirement
left join lateral (
    select block_flag.flag, block_flag.raised, block_flag.since, block_flag.sequence,
        block_flag.reason
    from block_flag
    where block_flag.block_id = retirement.block_id
        and (block_flag.raised or block_flag.sequence > retirement.sequence)
    order by block_flag.raised desc,
        case when block_flag.raised then
            array_position(array['RECALLED', 'REVERSED', 'SUSPENDED'], block_flag.flag) end,
        block_flag.sequence desc
    limit 1
) as flag on true;
