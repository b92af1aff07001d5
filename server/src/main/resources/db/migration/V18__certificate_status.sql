-- Whether each retirement's certificate still stands. Pages, credentials and status lists read this
-- view and nothing else, so what happens to units later shows wherever a certificate is shown.
--
-- status: VALID, SUSPENDED, RECALLED or REVERSED; since when; the journal's entry that made it so;
-- and why, where somebody said so.
create view certificate_status (retirement_id, status, since, sequence, reason) as
select id, 'VALID'::text, at, sequence, null::text from retirement;
