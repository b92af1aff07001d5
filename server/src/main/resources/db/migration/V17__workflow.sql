-- Projects' designs and who validated them, claims on reported data, and the review of claims.

-- What a proponent plans, once for each crediting period. Validated ones of a project do not overlap.
create table project_design (
    project_id uuid not null references project,
    number integer not null check (number >= 1),
    -- The design itself, canonical: wattmark/project-design/v1.
    content bytea not null,
    crediting tstzrange not null check (lower_inc(crediting) and not upper_inc(crediting)),
    state text not null check (state in ('SUBMITTED', 'VALIDATED', 'REFUSED')),
    validator_id uuid,
    opinion text not null, -- the validator's; empty before
    primary key (project_id, number),
    check ((validator_id is null) = (state = 'SUBMITTED')),
    exclude using gist (project_id with =, crediting with &&) where (state = 'VALIDATED')
);

alter table claim drop constraint claim_state_check;
alter table claim add constraint claim_state_check check (state in
    ('SUBMITTED', 'CHECKED', 'NEEDS_REVIEW', 'IN_REVIEW', 'INFORMATION_REQUESTED', 'VERIFIED',
    'APPROVED', 'REFUSED', 'WITHDRAWN', 'ISSUED'));
alter table claim drop constraint claim_check;
alter table claim add constraint claim_check
    check ((verified_by is not null) = (state in ('VERIFIED', 'APPROVED', 'ISSUED')));
-- Who has it in hand and what is open, canonical: wattmark/claim-review/v1.
alter table claim add column review bytea not null default '\x';
alter table claim alter column review drop default;
-- The person who has it in hand, for the queue; the content of `review` says the same.
alter table claim add column reviewer_id uuid;
create index claim_queue on claim (state, id);

-- What claims on reported data use up: an energy carrier of a site for a period; a document or a
-- batch for ever. Live ones of one thing do not overlap, whoever claims it.
create table claim_subject (
    claim_id uuid not null references claim,
    kind text not null check (kind in ('CARRIER', 'DOCUMENT', 'BATCH')),
    value text not null,
    during tstzrange not null check (lower_inc(during) and not upper_inc(during)),
    status text not null check (status in ('PENDING', 'CONSUMED', 'RELEASED')),
    primary key (claim_id, kind, value),
    exclude using gist (kind with =, value with =, during with &&) where (status <> 'RELEASED')
);

-- Each step of a claim's review, with what was said.
create table claim_step (
    id uuid primary key,
    sequence bigint not null unique,
    claim_id uuid not null references claim,
    action text not null,
    person_id uuid not null,
    organisation_id uuid not null,
    about uuid not null, -- the question that is answered; else the step's own id
    text text not null,
    attachments bytea not null check (length(attachments) % 32 = 0), -- SHA-256, one after another
    at timestamptz not null
);
create index claim_step_of_claim on claim_step (claim_id, sequence);
