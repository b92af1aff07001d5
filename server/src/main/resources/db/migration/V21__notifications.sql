-- What people are told, in the application and by mail.

-- What an entry means to somebody, written in the transaction of the entry itself: what happened is
-- told, and what did not is not.
create table notice (
    sequence        bigint not null,
    part            smallint not null check (part >= 0), -- one entry may concern several
    kind            text not null check (kind <> ''),
    organisation_id uuid, -- whose people are told; null: everybody with the role that the kind names
    subject         text not null, -- the id of what it is about
    detail          text not null,
    at              timestamptz not null,
    primary key (sequence, part)
);

-- Up to which entry people have been told: one row, or none before the first.
create table notice_reach (
    one      boolean primary key default true check (one),
    sequence bigint not null
);

create table notification (
    id              uuid primary key,
    number          bigint generated always as identity unique, -- the order that people see
    person_id       uuid not null references person,
    organisation_id uuid not null references organisation, -- for which they are told
    source          text not null, -- what it comes from: told once, however often that is looked at
    kind            text not null check (kind <> ''),
    subject         text not null,
    detail          text not null,
    at              timestamptz not null,
    in_app          boolean not null,
    read_at         timestamptz,
    mail            text not null check (mail in ('NONE', 'DUE', 'SENT', 'GIVEN_UP')),
    mail_attempts   integer not null default 0 check (mail_attempts >= 0),
    mail_after      timestamptz not null,
    constraint notification_told_once unique (person_id, source)
);
create index notification_of_person on notification (person_id, organisation_id, number desc);
create index notification_unread on notification (person_id, organisation_id, kind)
    where read_at is null;
create index notification_mail_due on notification (mail_after) where mail = 'DUE';

-- What a person wants to be told, where it differs from what is usual for the kind.
create table notification_wish (
    person_id uuid not null references person,
    kind      text not null check (kind <> ''),
    in_app    boolean not null,
    mail      boolean not null,
    primary key (person_id, kind)
);
