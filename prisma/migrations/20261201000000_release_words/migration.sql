-- The words of the migration that follows: PostgreSQL uses a new value of an enum from the next transaction on.

-- AlterEnum
ALTER TYPE "ReleaseGround" ADD VALUE 'APPEAL';
ALTER TYPE "ReleaseGround" ADD VALUE 'DANGER';

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'RELEASE_ANSWERED_NO';
ALTER TYPE "NotificationKind" ADD VALUE 'RELEASE_REFUSED';
ALTER TYPE "NotificationKind" ADD VALUE 'DANGER_NOTES_OPENED';
ALTER TYPE "NotificationKind" ADD VALUE 'MEMBERSHIP_ENDED';

-- CreateEnum
CREATE TYPE "HandoverAnswer" AS ENUM ('HANDED_OVER', 'NO');

-- CreateEnum
CREATE TYPE "KeepReason" AS ENUM ('PERSON_WISHES', 'CONCERNS_OTHERS', 'NO_LONGER_HELPS', 'OTHER');

-- CreateEnum
CREATE TYPE "AuthorCall" AS ENUM ('SPOKE', 'MESSAGE_LEFT', 'NO_ANSWER', 'NOBODY_TO_CALL');

-- CreateEnum
CREATE TYPE "ReviewOpinion" AS ENUM ('JUSTIFIED', 'NOT_JUSTIFIED');
