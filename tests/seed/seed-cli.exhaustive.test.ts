import { describe } from '@jest/globals';
import { inEmptyDatabases, seedsTheDatabaseOf } from './seed-process.js';

inEmptyDatabases();

describe('a run', () => seedsTheDatabaseOf('MIGRATION_DATABASE_URL', (of) => of.urlAs('cosmos_owner')));
