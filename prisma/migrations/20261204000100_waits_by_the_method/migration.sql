-- The medians of a month were exact. A reader who knew how long the other people had waited could work out from the median whether one more
-- person was in it: for certain in four cases of ten. How long people wait is told by the method of all figures, in bands: the indicators ASKED_TO_OFFERED, ASKED_TO_HELD
-- and STILL_WAITING. What is free, the third next available, is of no person and stays.

drop function freeze_next_waiting_month(), freeze_waiting_month(uuid, date), waiting_month_due(date),
  waits_for_an_offer(uuid, timestamptz, timestamptz), waits_until_held(uuid, timestamptz, timestamptz), waits_not_over(uuid, timestamptz),
  appointments_that_count(uuid, timestamptz, timestamptz), protected_days(integer[], uuid[], uuid[]), withheld_of(bigint, uuid[], uuid[]);
-- DropTable
DROP TABLE "waiting_month";
