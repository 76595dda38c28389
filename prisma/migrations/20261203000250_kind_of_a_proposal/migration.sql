-- In a migration of its own: a value is of use once it is committed.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CONTACT_PROPOSED';
