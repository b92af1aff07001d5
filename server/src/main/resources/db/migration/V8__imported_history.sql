-- What another system's database says that its users had. It is history and nothing else: no balance
-- follows from it.

-- A page of an import: one entry of the journal.
create table imported_history (
    file_sha256 bytea not null check (octet_length(file_sha256) = 32),
    page integer not null check (page between 1 and pages),
    pages integer not null,
    sequence bigint not null unique,
    source text not null check (source = 'carboncred'),
    -- The hash that the last row of the other system's ledger bears.
    chain_head text not null,
    chain_entries bigint not null,
    -- The row at which its chain breaks first, 0 if it is whole, and how many rows are wrong.
    first_break bigint not null,
    breaks bigint not null,
    holdings integer not null,
    kilograms bigint not null,
    primary key (file_sha256, page)
);

-- A credit of one kilogram of CO2e at the end of the other system's ledger.
create table imported_holding (
    file_sha256 bytea not null,
    -- Of the credit's last entry there.
    source_row bigint not null,
    credit uuid not null,
    -- As the other system names it, and what it says that this is called.
    holder text not null,
    holder_name text not null,
    -- Which organisation of ours that is, if an operator said so.
    organisation_id uuid references organisation,
    kilograms bigint not null check (kilograms > 0),
    status text not null check (status in ('HELD', 'RESERVED', 'RETIRED', 'SUSPENDED')),
    sequence bigint not null,
    primary key (file_sha256, source_row),
    constraint imported_holding_once unique (file_sha256, credit)
);
create index imported_holding_of_organisation on imported_holding (organisation_id);
create index imported_holding_of_entry on imported_holding (sequence);
