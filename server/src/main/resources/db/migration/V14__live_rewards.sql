-- What was rewarded on a day, of all devices together.
create index reward_day_day on reward_day (day);
