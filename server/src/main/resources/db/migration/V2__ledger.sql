-- The journal and what it adds up to. One transaction per batch writes all of these tables.

-- Who leads, and where the journal ends. A batch is committed only by the leader of this epoch and
-- only as the next in sequence.
create table leader (
    only_one boolean primary key default true check (only_one),
    epoch bigint not null,
    next_sequence bigint not null
);
insert into leader (epoch, next_sequence) values (0, 0);

create table batch (
    id uuid primary key,
    epoch bigint not null,
    first_sequence bigint not null unique,
    last_sequence bigint not null,
    -- Sum of the absolute changes of balances by asset: {"money:EUR": 1200}. Auditors compare it
    -- with the journal.
    moved jsonb not null,
    check (last_sequence >= first_sequence)
);

-- Each entry's leaf, as the transparency log has it. What the leaf shows only as a commitment lies
-- in `private_content` under `salt`; both can be erased without touching the log.
create table journal (
    sequence bigint primary key check (sequence >= 0),
    epoch bigint not null,
    at timestamptz not null,
    leaf bytea not null check (octet_length(leaf) <= 4096),
    private_content bytea,
    salt bytea
);

-- The transfers among the entries. A row balances by construction.
create table transfer (
    sequence bigint primary key,
    id uuid not null unique,
    debit text not null,
    credit text not null,
    asset text not null,
    amount bigint not null check (amount > 0),
    role text not null check (role in ('PLAIN', 'RESERVES', 'CAPTURES', 'RELEASES')),
    hold uuid not null,
    check (debit <> credit)
);
create index transfer_debit on transfer (debit, sequence);
create index transfer_credit on transfer (credit, sequence);

create table account (
    id text primary key,
    kind text not null check (kind in ('HOLDER', 'SOURCE', 'SINK'))
);

create table balance (
    account text not null,
    asset text not null,
    amount bigint not null,
    may_be_overdrawn boolean not null,
    primary key (account, asset),
    check (amount >= 0 or may_be_overdrawn)
);

create table hold (
    id uuid primary key,
    account text not null,
    asset text not null,
    remaining bigint not null check (remaining > 0)
);

-- What each id stands for, for ever: the content's hash and the answer.
create table command (
    id uuid primary key,
    batch uuid not null,
    position integer not null,
    fingerprint bytea not null check (octet_length(fingerprint) = 32),
    outcome text not null,
    unique (batch, position)
);
