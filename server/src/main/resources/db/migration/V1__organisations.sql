-- Who takes part: organisations, their people, and the machines that act for them.

create table organisation (
    id         uuid primary key,
    name       text not null check (name <> ''),
    country    text not null check (country ~ '^[A-Z]{2}$'), -- ISO 3166-1 alpha-2
    kind       text not null check (kind in ('PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR')),
    created_at timestamptz not null default now(),
    constraint organisation_name_unique unique (name)
);

create table person (
    id              uuid primary key,
    organisation_id uuid not null references organisation,
    email           text not null check (email = lower(email) and email like '%_@_%'),
    password_hash   text not null check (password_hash like '$argon2id$%'),
    display_name    text not null check (display_name <> ''),
    roles           text[] not null
        check (roles <@ array['PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR']),
    created_at      timestamptz not null default now(),
    constraint person_email_unique unique (email)
);

-- What the authorization server keeps. Columns and names are Spring Security's own.

create table oauth2_registered_client (
    id varchar(100) not null,
    client_id varchar(100) not null,
    client_id_issued_at timestamptz default now() not null,
    client_secret varchar(200) default null,
    client_secret_expires_at timestamptz default null,
    client_name varchar(200) not null,
    client_authentication_methods text not null,
    authorization_grant_types text not null,
    redirect_uris text default null,
    post_logout_redirect_uris text default null,
    scopes text not null,
    client_settings text not null,
    token_settings text not null,
    primary key (id),
    unique (client_id)
);

create table oauth2_authorization (
    id varchar(100) not null,
    registered_client_id varchar(100) not null,
    principal_name varchar(200) not null,
    authorization_grant_type varchar(100) not null,
    authorized_scopes text default null,
    attributes text default null,
    state varchar(500) default null,
    authorization_code_value text default null,
    authorization_code_issued_at timestamptz default null,
    authorization_code_expires_at timestamptz default null,
    authorization_code_metadata text default null,
    access_token_value text default null,
    access_token_issued_at timestamptz default null,
    access_token_expires_at timestamptz default null,
    access_token_metadata text default null,
    access_token_type varchar(100) default null,
    access_token_scopes text default null,
    oidc_id_token_value text default null,
    oidc_id_token_issued_at timestamptz default null,
    oidc_id_token_expires_at timestamptz default null,
    oidc_id_token_metadata text default null,
    refresh_token_value text default null,
    refresh_token_issued_at timestamptz default null,
    refresh_token_expires_at timestamptz default null,
    refresh_token_metadata text default null,
    user_code_value text default null,
    user_code_issued_at timestamptz default null,
    user_code_expires_at timestamptz default null,
    user_code_metadata text default null,
    device_code_value text default null,
    device_code_issued_at timestamptz default null,
    device_code_expires_at timestamptz default null,
    device_code_metadata text default null,
    primary key (id)
);

create index oauth2_authorization_client on oauth2_authorization (registered_client_id);

-- For whom a machine acts. A registered client without a row here acts for nobody: it only signs
-- people in, and they act.
create table machine_client (
    client_id       varchar(100) primary key references oauth2_registered_client (client_id),
    organisation_id uuid not null references organisation,
    roles           text[] not null
        check (roles <@ array['PROPONENT', 'VERIFIER', 'BUYER', 'OPERATOR'])
);
