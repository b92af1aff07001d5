-- The journal and what it adds up to. One transaction per batch writes all of these tables.

-- Who leads, and where the journal ends. A batch is committed only by the leader of this epoch and
-- only as the next in sequence.
create table leader (
    only_one boolean primary key default true check (only_one),
    epoch bigint not null,
    next_sequence bigint not null,
    -- The table `balance` stands for the journal before this sequence.
    settled_sequence bigint not null check (settled_sequence <= next_sequence),
    -- Until then nobody else takes the lead by itself. By the database's clock.
    leads_until timestamptz not null
) with (fillfactor = 10);
insert into leader (epoch, next_sequence, settled_sequence, leads_until) values (0, 0, 0, now());

create table batch (
    id uuid primary key,
    epoch bigint not null,
    first_sequence bigint not null unique,
    last_sequence bigint not null,
    check (last_sequence >= first_sequence)
);

-- Accounts and assets have short numbers, because there are many transfers between few of them.
create table account (
    number bigint primary key,
    id text not null unique,
    kind text not null check (kind in ('HOLDER', 'SOURCE', 'SINK', 'CLEARING')),
    standing text not null check (standing in ('OPEN', 'FROZEN', 'CLOSED'))
);

create table asset (
    number integer primary key check (number > 0),
    code text not null unique,
    frozen boolean not null
);

-- The entries. A transfer is its own row, which balances by construction; its leaf follows from the
-- row. Of any other entry the leaf is kept as the transparency log has it; what it shows only as a
-- commitment lies in `private_content`. With the salt it can be erased without touching the log.
create table journal (
    sequence bigint primary key check (sequence >= 0),
    epoch bigint not null,
    at timestamptz not null,
    -- The command that this is the first entry of. An id is taken for ever.
    id uuid,
    debit bigint,
    credit bigint,
    asset integer,
    amount bigint check (amount > 0),
    role smallint check (role between 0 and 4),
    code integer check (code > 0),
    -- The transfer's id where it is not the command's.
    transfer uuid,
    hold uuid,
    reference uuid,
    payee bigint,
    expires timestamptz,
    salt bytea,
    leaf bytea check (octet_length(leaf) <= 4096),
    private_content bytea,
    constraint journal_id_taken unique (id),
    constraint journal_transfer_or_leaf check (
        leaf is null and num_nonnulls(debit, credit, asset, amount, role) = 5
            and coalesce(transfer, id) is not null and debit <> credit
            and private_content is null
        or leaf is not null
            and num_nonnulls(debit, credit, asset, amount, role, code, transfer, hold,
                reference, payee, expires) = 0)
);
create index journal_transfer on journal (transfer) where transfer is not null;
create index journal_hold on journal (hold) where hold is not null;

-- Where the journal stood at `leader.settled_sequence`; what it holds since is to be added.
create table balance (
    account bigint not null,
    asset integer not null,
    amount bigint not null,
    may_be_overdrawn boolean not null,
    primary key (account, asset),
    check (amount >= 0 or may_be_overdrawn)
) with (fillfactor = 70);

-- Each time that balances were brought up to the journal: how much moved, as the sum of the absolute
-- changes of balances by asset. Auditors compare it with the entries between.
create table settlement (
    next_sequence bigint primary key,
    -- Where the one before it ended. Each has one successor at the most.
    first_sequence bigint not null unique,
    moved jsonb not null,
    check (next_sequence > first_sequence)
);

create view balance_now as
select account, asset, sum(amount)::bigint as amount
from (
    select account, asset, amount from balance
    union all
    select debit, asset, -amount from journal
    where debit is not null and sequence >= (select settled_sequence from leader)
    union all
    select credit, asset, amount from journal
    where credit is not null and sequence >= (select settled_sequence from leader)
) as moved
group by account, asset;

-- The same for one account, without adding up all others.
create function balances_of(bigint) returns table (asset integer, amount bigint)
language sql stable as $$
    select moved.asset, sum(moved.amount)::bigint
    from (
        select balance.asset, balance.amount from balance where account = $1
        union all
        select journal.asset, -journal.amount from journal
        where debit = $1 and sequence >= (select settled_sequence from leader)
        union all
        select journal.asset, journal.amount from journal
        where credit = $1 and sequence >= (select settled_sequence from leader)
    ) as moved
    group by moved.asset
$$;

create table hold (
    id uuid primary key,
    account bigint not null,
    asset integer not null,
    remaining bigint not null check (remaining > 0),
    payee bigint,
    expires timestamptz
);

-- What an id stands for, for ever: the content's hash and the answer. That an id is taken is said by
-- the journal; a single transfer says there too what was asked and answered, and has no row here.
create table command (
    id uuid primary key,
    batch uuid not null,
    -- Of the first entry that it made, which took the id.
    sequence bigint not null unique,
    fingerprint bytea not null check (octet_length(fingerprint) = 32),
    outcome text not null
);
create index command_batch on command (batch);
