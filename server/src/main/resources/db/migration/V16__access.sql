-- Who may do what: organisations and their standing, memberships, invitations, keys of machines,
-- passkeys, and what was changed of all that.

alter table organisation
    -- What is known of it. Only VERIFIED ones move value; whom an operator adds is verified by that.
    add column standing text not null default 'VERIFIED'
        check (standing in ('PENDING', 'VERIFIED', 'SUSPENDED')),
    add column standing_reason text not null default '',
    -- How often its keys may ask; see security.Plan.
    add column plan text not null default 'FREE'
        check (plan in ('FREE', 'STANDARD', 'BUSINESS', 'PARTNER'));
alter table organisation drop constraint organisation_kind_check;
alter table organisation add constraint organisation_kind_check
    check (kind in ('PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR', 'DEVICE_MAKER'));

-- Who belongs to which organisation, and as what. A person acts for one at a time: for
-- person.organisation_id, if there is a membership of it; else for nobody.
create table membership (
    person_id uuid not null references person,
    organisation_id uuid not null references organisation,
    roles text[] not null check (roles <@ array['PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR',
        'OWNER', 'ACCOUNTANT', 'TRADER', 'AUDITOR', 'DEVICE_MAKER']),
    since timestamptz not null default now(),
    primary key (person_id, organisation_id)
);
create index membership_of_organisation on membership (organisation_id, person_id);
insert into membership (person_id, organisation_id, roles, since)
    select id, organisation_id, roles, created_at from person;
alter table person drop column roles;
-- Who signs in elsewhere, by OpenID Connect, has no password here.
alter table person alter column password_hash drop not null;

alter table machine_client drop constraint machine_client_roles_check;
alter table machine_client add constraint machine_client_roles_check
    check (roles <@ array['PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR',
        'OWNER', 'ACCOUNTANT', 'TRADER', 'AUDITOR', 'DEVICE_MAKER']);

-- An invitation into an organisation, or to found one. The token is sent once and kept as a hash.
create table invitation (
    id uuid primary key,
    organisation_id uuid references organisation,
    new_name text check (new_name <> ''),        -- of the organisation to found
    new_country text check (new_country ~ '^[A-Z]{2}$'),
    new_kind text check (new_kind in ('PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR', 'DEVICE_MAKER')),
    email text not null check (email = lower(email)), -- '' if whoever has the token may choose
    roles text[] not null,
    token_sha256 bytea not null unique check (length(token_sha256) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    ended_at timestamptz, -- accepted or revoked: it is of no use any more
    accepted_by uuid references person,
    check ((organisation_id is null) = (new_name is not null)),
    check ((new_name is null) = (new_country is null) and (new_name is null) = (new_kind is null)),
    check (accepted_by is null or ended_at is not null)
);
create index invitation_of_organisation on invitation (organisation_id, id);

-- A machine's key: shown once, kept as a hash.
create table api_key (
    id uuid primary key,
    organisation_id uuid not null references organisation,
    name text not null check (char_length(name) between 1 and 100),
    hint text not null,  -- its first characters, to know it by
    secret_sha256 bytea not null unique check (length(secret_sha256) = 32),
    scopes text[] not null check (cardinality(scopes) > 0),
    roles text[] not null,
    made_by text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at),
    revoked_at timestamptz,
    last_used_at timestamptz, -- to within a minute
    replaces uuid references api_key
);
create index api_key_of_organisation on api_key (organisation_id, id);

-- Wrong passwords in a row, by the hash of the address that was typed: known and unknown alike.
create table sign_in_failure (
    address_sha256 bytea primary key check (length(address_sha256) = 32),
    failures integer not null check (failures > 0),
    last_at timestamptz not null,
    paused_until timestamptz -- no password is looked at before
);

-- For who lost a passkey. Each is used once.
create table recovery_code (
    person_id uuid not null references person,
    code_sha256 bytea not null check (length(code_sha256) = 32),
    used_at timestamptz,
    primary key (person_id, code_sha256)
);

-- What was changed of all that, beside its entry in the journal.
create table access_change (
    sequence bigint primary key,
    kind text not null check (kind <> ''),
    organisation_id uuid not null,
    actor text not null, -- a person's id or a machine's; 'system' if nobody had to sign in
    subject text not null,
    detail text not null
);
create index access_change_of_organisation on access_change (organisation_id, sequence);

-- What Spring Security keeps of passkeys. Columns and names are its own.

create table user_entities (
    id varchar(1000) not null primary key,
    name varchar(100) not null unique,
    display_name varchar(200)
);

create table user_credentials (
    credential_id varchar(1000) not null primary key,
    user_entity_user_id varchar(1000) not null,
    public_key bytea not null,
    signature_count bigint,
    uv_initialized boolean,
    backup_eligible boolean not null,
    authenticator_transports varchar(1000),
    public_key_credential_type varchar(100),
    backup_state boolean not null,
    attestation_object bytea,
    attestation_client_data_json bytea,
    created timestamp,
    last_used timestamp,
    label varchar(1000) not null
);
create index user_credentials_of_entity on user_credentials (user_entity_user_id);
