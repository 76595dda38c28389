-- “Interpreter at Foyer du Refuge”: who else is there had a place of their own, which nothing withheld. They come to where the appointment is
-- held, or are on the line; a meeting point apart is nothing that a desk has to read.

-- AlterTable
ALTER TABLE "appointment_participant" DROP COLUMN "place";
