/** The worker's page as PostGraphile's own schema has it. The notes stay sealed: PostGraphile decrypts nothing. */
export const PAGE = `query Page($first: Int!, $worker: UUID!) {
  allCases(first: $first, orderBy: [OPENED_AT_DESC, ID_DESC], condition: { assignedWorkerId: $worker, status: OPEN }) {
    nodes {
      id
      reference
      mission
      status
      openedAt
      casePeopleByCaseId { nodes { personByPersonId { id chosenName givenName familyName birthDate phone } } }
      needsByCaseId(orderBy: [STARTS_ON_ASC, ID_ASC]) { nodes { id needCodeByCode { code labelFr } startsOn endsOn } }
      nextAppointment { nodes { id startsAt endsAt mode appointmentTypeByTypeCode { publicLabelFr } } }
      interviewNotesByCaseId(first: 3, orderBy: [WRITTEN_AT_DESC, ID_DESC]) { nodes { id writtenAt body } }
      caseKeyByCaseId { masterKeyId wrapped }
    }
  }
}`;

/** PostGraphile has conditions of equality only, so what comes next is a computed column. */
export const NEXT_APPOINTMENT = `
create or replace function case_next_appointment(c "case") returns setof appointment language sql stable as $$
  select a.* from appointment a where a.case_id = c.id and a.status = 'BOOKED' and a.starts_at >= now()
  order by a.starts_at, a.id limit 1 $$;
comment on function case_next_appointment("case") is '@simpleCollections omit';
grant execute on function case_next_appointment("case") to cosmos_app`;
