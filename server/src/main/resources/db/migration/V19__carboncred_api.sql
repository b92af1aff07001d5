-- What CarbonCred's paths need beside the domain that they are a layer over.

-- Tokens with which a client of CarbonCred's paths gets the next access token. Each is used once;
-- all that followed from one sign-in are a family, and one that comes again ends its family.
create table refresh_token (
    token_sha256 bytea primary key check (length(token_sha256) = 32),
    family uuid not null,
    person_id uuid not null references person,
    signed_in_at timestamptz not null,
    method text not null check (method in ('pwd', 'otp')), -- how, as RFC 8176 names it
    issued_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    used_at timestamptz
);
create index refresh_token_family on refresh_token (family);
create index refresh_token_person on refresh_token (person_id);

-- Small numbers, for clients that name a project by one and for handles. They may have gaps.
alter table project add column number bigint not null generated always as identity;
alter table project add constraint project_number unique (number);
alter table listing add column number bigint not null generated always as identity;
alter table listing add constraint listing_number unique (number);
create index listing_open_number on listing (number) where state = 'OPEN' and left_grams >= 1000;

-- Handles that were used. A listing of n kg has the handles 0 to n - 1, and those without a row are
-- for sale as long as the listing is open.
create table credit_handle (
    listing_id uuid not null references listing deferrable initially deferred,
    kilogram bigint not null check (kilogram >= 0),
    block_id uuid not null references credit_block deferrable initially deferred,
    holder text not null, -- who bought it
    trade_id uuid not null references trade deferrable initially deferred,
    retirement_id uuid references retirement deferrable initially deferred,
    primary key (listing_id, kilogram)
);
create index credit_handle_holder on credit_handle (holder, listing_id, kilogram);

-- What clients of CarbonCred said of the projects that they registered; what counts is in `project`.
create table declared_project (
    project_id uuid primary key references project,
    year integer not null,
    quarter integer not null check (quarter between 1 and 4),
    submission_type text not null,
    methodology text not null,
    description text not null
);

-- What firms declared of a quarter's emissions: their private accounts. Each report stays as it was;
-- the newest of a quarter and a site counts.
create table declared_emissions (
    id uuid primary key,
    number bigint not null unique generated always as identity, -- in the order of making
    organisation_id uuid not null references organisation,
    site_id uuid, -- null for the organisation as a whole, which has said no sites
    region text not null,
    grid text, -- eGRID subregion, in the United States
    year integer not null,
    quarter integer not null check (quarter between 1 and 4),
    quantities json not null, -- by the field's name, exact decimals as text
    factors json not null, -- ids of factors that the firm named itself
    emissions_grams bigint not null check (emissions_grams >= 0),
    recorded_at timestamptz not null default now(),
    recorded_by text not null
);
create index declared_emissions_of_quarter
    on declared_emissions (organisation_id, year, quarter, number);
