import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** Pages: the field that answers one is guarded, and so is every field of its nodes. */
const connection: TypePolicy = { edges: allow, pageInfo: allow };
const edge: TypePolicy = { cursor: allow, node: allow };

export const CaseConnection = connection;
export const CaseEdge = edge;
export const InterviewNoteConnection = connection;
export const InterviewNoteEdge = edge;
export const AppointmentConnection = connection;
export const AppointmentEdge = edge;
export const AppointmentNoticeConnection = connection;
export const AppointmentNoticeEdge = edge;
export const AppointmentRequestConnection = connection;
export const AppointmentRequestEdge = edge;
export const SlotOfferConnection = connection;
export const SlotOfferEdge = edge;
export const VisitConnection = connection;
export const VisitEdge = edge;
export const MessageConnection = connection;
export const MessageEdge = edge;
export const EncounterConnection = connection;
export const EncounterEdge = edge;
export const NotificationConnection = connection;
export const NotificationEdge = edge;
export const OrganisationConnection = connection;
export const OrganisationEdge = edge;
export const ReferralConnection = connection;
export const ReferralEdge = edge;
export const IncomingRequestConnection = connection;
export const IncomingRequestEdge = edge;
export const StatisticsCellConnection = connection;
export const StatisticsCellEdge = edge;
export const AccessLogEntryConnection = connection;
export const AccessLogEntryEdge = edge;
export const PageInfo: TypePolicy = { hasNextPage: allow, endCursor: allow };
