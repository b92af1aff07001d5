-- What is shown live.

-- Grams of CO2e for a kilowatt-hour of a grid in the hour that begins at `start_at`. It values what
-- is shown live; credits go by the factors of their methodology. The operator loads it.
create table grid_intensity (
    region text not null check (region ~ '^[A-Z]{2}$'), -- ISO 3166-1 alpha-2
    start_at timestamptz not null,
    grams_per_kwh numeric not null check (grams_per_kwh >= 0),
    source text not null,
    primary key (region, start_at)
);

-- What came in today, and who has reported within the last hour.
create index reading_batch_first_start on reading_batch (first_start);
create index reading_batch_last_end on reading_batch (last_end);
