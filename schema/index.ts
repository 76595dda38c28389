import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AppointmentResolver } from './appointment/appointment.resolver.js';
import { CaseResolver } from './case/case.resolver.js';
import { NeedResolver } from './case/need.resolver.js';
import { AbsenceResolver, RelayResolver } from './case/relay.resolver.js';
import { AccessLogResolver } from './data-protection/access-log.resolver.js';
import {
  ClientResolver,
  DistrictResolver,
  MembershipResolver,
  ViewerResolver,
  ViewerRoleInResolver,
  WorkerResolver,
} from './directory/directory.resolver.js';
import { ErrorCodeResolver } from './errors/error-code.resolver.js';
import { HandoverResolver, InterviewNoteResolver } from './interview-note/interview-note.resolver.js';
import { NotificationResolver, ReleaseResolver } from './interview-note/release.resolver.js';
import { NoticeReceiptResolver, PersonMatchResolver, PersonResolver } from './person/person.resolver.js';

/** The schema as the folders declare it, not yet guarded: `app.ts` puts the policies in front. */
export function buildCosmosSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      AbsenceResolver,
      AccessLogResolver,
      AppointmentResolver,
      CaseResolver,
      ClientResolver,
      DistrictResolver,
      ErrorCodeResolver,
      HandoverResolver,
      InterviewNoteResolver,
      MembershipResolver,
      NeedResolver,
      NoticeReceiptResolver,
      NotificationResolver,
      PersonMatchResolver,
      PersonResolver,
      RelayResolver,
      ReleaseResolver,
      ViewerResolver,
      ViewerRoleInResolver,
      WorkerResolver,
    ],
    // Inputs are checked by their services, which name the field; policies are the one authority.
    validate: false,
  });
}
