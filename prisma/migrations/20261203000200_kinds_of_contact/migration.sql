-- What a worker who follows a person is told of. In a migration of its own: a value is of use once it is committed.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'BLIND_MESSAGE';
