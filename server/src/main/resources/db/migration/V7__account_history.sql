-- What happened in which account, and which holds expire next.

-- The entries of an account by asset, in chunks of the journal. It is made from the journal, a whole
-- chunk in one statement, after the chunk is full: two indexes on debit and credit would halve the
-- rate at which the journal is written. What is not in here yet is read from the journal's end.
--
-- Nothing depends on it: `truncate account_history`, and it is made again.
create table account_history (
    -- The account's number. A chunk that is complete has a row of no account, -2^63, as its mark.
    account bigint not null,
    asset integer not null,
    -- Entries from `chunk` times the chunk's size on.
    chunk bigint not null check (chunk >= 0),
    -- The entries' places in the chunk, from 0, in no order.
    places integer[] not null,
    -- What they add to the balance. Two balances of 8 bytes may differ by more than 8 bytes hold.
    net numeric not null,
    primary key (account, chunk, asset)
);
create index account_history_chunk on account_history (chunk);

create index hold_expires on hold (expires) where expires is not null;
