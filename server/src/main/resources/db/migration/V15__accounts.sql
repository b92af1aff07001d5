-- What firms account for: sites, activities, bills as evidence, instruments, reports. It is each
-- firm's private data. Nothing is edited: a correction is a new row that replaces another, and a
-- withdrawal says why.

-- What a firm decides about its inventories; the newest version counts.
create table account_profile (
    organisation_id uuid not null references organisation,
    version integer not null check (version >= 1),
    first_month integer not null check (first_month between 1 and 12),
    boundary text not null
        check (boundary in ('OPERATIONAL_CONTROL', 'FINANCIAL_CONTROL', 'EQUITY_SHARE')),
    upstream boolean not null,
    base_year integer,
    headcount integer check (headcount > 0),
    turnover_minor_units bigint check (turnover_minor_units > 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    primary key (organisation_id, version),
    check ((turnover_minor_units is null) = (currency is null))
);

-- Places that an inventory covers; the newest version counts.
create table account_site (
    id uuid not null,
    version integer not null check (version >= 1),
    organisation_id uuid not null references organisation,
    name text not null check (name <> ''),
    region text not null,
    grid text, -- eGRID subregion, in the United States
    operated boolean not null,
    controlled boolean not null,
    equity_basis_points integer not null check (equity_basis_points between 0 and 10000),
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    primary key (id, version)
);
create index account_site_organisation on account_site (organisation_id, id, version);

create table activity_import (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    file_name text not null,
    file_sha256 bytea not null check (length(file_sha256) = 32),
    options text not null,
    activities integer not null check (activities > 0),
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    undone_at timestamptz,
    undone_by text,
    check ((undone_at is null) = (undone_by is null))
);
create index activity_import_organisation on activity_import (organisation_id, id);

create table activity (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    site_id uuid not null,
    item text not null,
    amount numeric not null check (amount >= 0),
    unit text not null,
    start_on date not null,
    end_on date not null, -- the day after the last
    meter text,
    estimated boolean not null,
    note text not null,
    evidence bytea check (length(evidence) = 32),
    factor text,
    import_id uuid references activity_import,
    import_line integer,
    replaces uuid references activity,
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    check (start_on < end_on),
    check ((import_id is null) = (import_line is null)),
    unique (replaces) -- two corrections of one activity would both count
);
create index activity_of_year on activity (organisation_id, start_on, end_on);
create index activity_of_import on activity (import_id) where import_id is not null;

create table activity_withdrawal (
    activity_id uuid primary key references activity,
    id uuid not null unique,
    reason text not null check (reason <> ''),
    recorded_at timestamptz not null default now(),
    recorded_by text not null
);

-- What counts at this moment.
create view activity_now as
select activity.* from activity
left join activity_import on activity_import.id = activity.import_id
where activity_import.undone_at is null
    and not exists (select from activity as newer where newer.replaces = activity.id)
    and not exists (select from activity_withdrawal where activity_id = activity.id);

-- Bills and the like, as they came.
create table account_evidence (
    organisation_id uuid not null references organisation,
    sha256 bytea not null check (length(sha256) = 32),
    file_name text not null,
    media_type text not null,
    content bytea not null,
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    primary key (organisation_id, sha256)
);

-- Certificates and contracts for electricity that the firm declares, for its market-based total.
create table account_instrument (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    kind text not null check (kind in ('CERTIFICATE', 'CONTRACT', 'SUPPLIER_RATE')),
    watt_hours bigint not null check (watt_hours > 0),
    grams_per_kilowatt_hour numeric not null check (grams_per_kilowatt_hour >= 0),
    region text not null,
    vintage integer not null,
    site_id uuid,
    origin text not null check (origin <> ''),
    evidence bytea check (length(evidence) = 32),
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    withdrawn_at timestamptz,
    withdrawn_by text
);
create index account_instrument_organisation on account_instrument (organisation_id, id);

-- A report is an inventory as it stood, word for word.
create table account_report (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    year integer not null,
    content bytea not null, -- JSON
    sha256 bytea not null check (length(sha256) = 32),
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    published_at timestamptz -- as a page that anybody may read
);
create index account_report_organisation on account_report (organisation_id, id);

-- Links that let somebody outside read one report. Only a hash of each is kept.
create table account_share (
    id uuid primary key,
    report_id uuid not null references account_report,
    token_sha256 bytea not null unique check (length(token_sha256) = 32),
    recipient text not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    recorded_at timestamptz not null default now(),
    recorded_by text not null
);
create index account_share_report on account_share (report_id);
