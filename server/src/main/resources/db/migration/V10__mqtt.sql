-- By what devices sign in to MQTT. The secret itself is shown once and not kept.
create table mqtt_credential (
    device_id   uuid primary key references device,
    secret_hash text not null check (secret_hash like 'sha256$%'),
    made_at     timestamptz not null default now()
);
