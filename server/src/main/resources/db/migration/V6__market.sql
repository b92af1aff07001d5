-- Credits offered and bought, and the deposits by which money comes in.

-- What is left of an open listing lies in the hold of the same id.
create table listing (
    id uuid primary key,
    seller text not null,
    block_id uuid not null references credit_block,
    unit_class text not null check (unit_class in ('LIVE', 'TEST')),
    quantity_grams bigint not null check (quantity_grams > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217
    price_minor_units bigint not null check (price_minor_units > 0), -- for a tonne
    left_grams bigint not null check (left_grams between 0 and quantity_grams),
    state text not null check (state in ('OPEN', 'SOLD', 'WITHDRAWN')),
    check ((left_grams = 0) = (state = 'SOLD')),
    constraint seller_is_of_the_class check ((seller like 'test:%') = (unit_class = 'TEST'))
);
create index listing_open on listing (id) where state = 'OPEN';
create index listing_open_block on listing (block_id, id) where state = 'OPEN';

-- Purchases that were settled, numbered in the order of the journal.
create table trade (
    id uuid primary key,
    number bigint not null unique generated always as identity,
    listing_id uuid not null references listing,
    seller text not null,
    buyer text not null,
    block_id uuid not null references credit_block,
    unit_class text not null check (unit_class in ('LIVE', 'TEST')),
    quantity_grams bigint not null check (quantity_grams > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217
    price_minor_units bigint not null check (price_minor_units > 0),
    fee_minor_units bigint not null check (fee_minor_units >= 0),
    proceeds_minor_units bigint not null check (proceeds_minor_units >= 0),
    at timestamptz not null,
    constraint nobody_buys_from_itself check (seller <> buyer),
    constraint traders_are_of_the_class check (
        (seller like 'test:%') = (unit_class = 'TEST')
        and (buyer like 'test:%') = (unit_class = 'TEST')),
    constraint price_is_fee_and_proceeds check (
        price_minor_units - fee_minor_units = proceeds_minor_units)
);
create index trade_seller on trade (seller, number);
create index trade_buyer on trade (buyer, number);

create table deposit (
    id uuid primary key,
    account text not null check (account ~ '^(test:)?holder:'),
    currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217
    minor_units bigint not null check (minor_units > 0),
    reference text not null check (char_length(reference) between 1 and 140), -- the bank's own
    state text not null check (state in ('REQUESTED', 'POSTED', 'REJECTED')),
    requested_by uuid not null,
    decided_by uuid,
    check ((decided_by is null) = (state = 'REQUESTED')),
    constraint deposit_takes_two_persons check (state <> 'POSTED' or decided_by <> requested_by)
);
-- One payment at the bank is one deposit, until that is rejected. Test money has a bank of its own.
create unique index deposit_reference on deposit ((account like 'test:%'), currency, reference)
    where state <> 'REJECTED';
