-- A value of an enum is known to what comes after the transaction that adds it: hence a migration of its own.
-- AlterEnum
ALTER TYPE "AppointmentNoticeKind" ADD VALUE 'REMINDER';
