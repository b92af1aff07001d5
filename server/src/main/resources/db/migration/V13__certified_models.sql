-- Models of devices that have passed the rules for devices. Nothing is ever deleted from it.
create table certified_model (
    id                 uuid primary key,
    maker              text not null check (maker <> ''),
    model              text not null check (model <> ''),
    firmware           text not null check (firmware <> ''),
    protocol           text not null check (protocol in ('SIGNED_BATCH', 'SAMPLE_PACKET')),
    -- Of the conformance report that the operator looked at.
    report_sha256      bytea not null check (octet_length(report_sha256) = 32),
    certified_on       date not null,
    -- The entry of the journal that certified it.
    sequence           bigint not null unique,
    -- The entry that withdrew it, 0 while it counts; and why.
    withdrawn_sequence bigint not null check (withdrawn_sequence = 0 or withdrawn_sequence > sequence),
    reason             text not null check ((reason = '') = (withdrawn_sequence = 0))
);
-- One model with one firmware is certified once at a time.
create unique index certified_model_once
    on certified_model (maker, model, firmware, protocol) where withdrawn_sequence = 0;
