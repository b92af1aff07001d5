-- An interval of packets is complete when a later packet says so, and at no other moment.
alter table sample_progress drop column settled_until;
