-- Firms beside their peers, bills beside meters, and rates of electricity markets that operators
-- load.

-- What a firm does, and whether it lets its intensities count among those of its peers.
alter table account_profile
    add column sector text check (sector ~ '^[A-U]$'), -- section of NACE Rev. 2
    add column shares_with_peers boolean not null default false;

-- The few numbers of a report that firms are compared by. Written with the report, and only if
-- every activity of its year is counted.
create table account_figure (
    report_id uuid primary key references account_report,
    organisation_id uuid not null references organisation,
    year integer not null,
    grams bigint not null check (grams >= 0), -- scopes 1 and 2, location-based
    watt_hours bigint check (watt_hours > 0), -- fuels, electricity and heat; null: not all is known
    headcount integer check (headcount > 0),
    turnover_minor_units bigint check (turnover_minor_units > 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    number bigint generated always as identity, -- the newest of a year counts
    check ((turnover_minor_units is null) = (currency is null))
);
create index account_figure_of_year on account_figure (year, organisation_id, number desc);

-- Which of its meters count what a site is billed for.
create table account_site_meter (
    organisation_id uuid not null references organisation,
    device_id uuid not null,
    site_id uuid not null,
    supply text not null, -- the bills' meter; '' if their supply has no name
    recorded_at timestamptz not null default now(),
    recorded_by text not null,
    primary key (organisation_id, device_id)
);

-- Files of residual mixes and suppliers' rates. What one says counts from a second operator's
-- approval on; of several the one approved last.
create table market_rate_file (
    id uuid primary key,
    sha256 bytea not null check (length(sha256) = 32),
    loaded_at timestamptz not null default now(),
    loaded_by text not null,
    approved_at timestamptz,
    approved_by text check (approved_by <> loaded_by),
    approval bigint unique, -- the order of approvals
    check ((approved_at is null) = (approved_by is null)),
    check ((approved_at is null) = (approval is null))
);

create table market_rate (
    file_id uuid not null references market_rate_file,
    region text not null, -- ISO 3166-1 alpha-3
    year integer not null check (year between 1990 and 2100),
    supplier text not null, -- '' is the market's residual mix
    grams_per_kilowatt_hour numeric not null check (grams_per_kilowatt_hour >= 0),
    source text not null check (source <> ''),
    url text not null,
    primary key (file_id, region, year, supplier)
);

-- What counts at this moment.
create view market_rate_now as
select distinct on (region, year, supplier) market_rate.*, approval
from market_rate join market_rate_file on id = file_id
where approval is not null
order by region, year, supplier, approval desc;

-- When somebody first looked at a report by a link.
alter table account_share add column opened_at timestamptz;
