import { Field, ID, InputType, Int } from 'type-graphql';
import type { CaseStatus as CaseStatusValue, Mission as MissionValue } from '../../prisma/generated/enums.js';
import type { AbsencePurpose as AbsencePurposeValue } from '../../src/services/case/cases.js';
import { DateTime, Day } from '../scalars.js';
import { AbsencePurpose, CaseStatus, Mission } from './case.enums.js';

@InputType({
  description: 'Which cases to list. A filter on a field that the viewer may not read finds nothing.',
})
export class CaseFilter {
  @Field(() => ID, { nullable: true, description: 'Only cases of this district.' })
  districtId?: string | null;

  @Field(() => CaseStatus, { nullable: true, description: 'Only open cases, or only closed ones.' })
  status?: CaseStatusValue | null;

  @Field(() => Mission, { nullable: true, description: 'Only cases for this mission.' })
  mission?: MissionValue | null;

  @Field(() => Boolean, { nullable: true, description: 'True lists only cases that the viewer has.' })
  assignedToMe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True lists only cases that nobody has.' })
  unassigned?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Instead of the queue, the cases of one absent worker. An operation names one worker. A stand-in for several workers lists their cases with it. The head gives `purpose`, and lists the open cases of a worker who leaves, or who is absent and has not contradicted the absence. The list is logged, and the worker is told.',
  })
  absentWorkerId?: string | null;

  @Field(() => AbsencePurpose, {
    nullable: true,
    description:
      'Why the head lists them; required with `absentWorkerId` from a head, and refused without it.',
  })
  purpose?: AbsencePurposeValue | null;
}

@InputType({ description: 'Which district helps, what for, and which persons.' })
export class OpenCaseInput {
  @Field(() => ID, { description: 'The district that helps.' })
  districtId!: string;

  @Field(() => Mission, { description: 'The purpose of the help.' })
  mission!: MissionValue;

  @Field(() => [ID], { description: 'The persons that the case is about, 1 to 12.' })
  personIds!: string[];
}

@InputType({ description: 'The case, and the worker who gets it; for `assignCase` and `reassignCase`.' })
export class AssignCaseInput {
  @Field(() => ID, { description: 'A case of a district that the viewer heads.' })
  caseId!: string;

  @Field(() => ID, {
    description:
      'The worker who gets the case: a social worker of the district who does not head it, and never the viewer.',
  })
  workerId!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({ description: 'A need to record in an open case.' })
export class RecordNeedInput {
  @Field(() => ID, {
    description: 'An open case that the viewer follows, or has opened while nobody is assigned yet.',
  })
  caseId!: string;

  @Field(() => String, { description: 'The `code` of an item of the nomenclature (`needCodes`).' })
  code!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The person of the case that it concerns; the whole household unless given.',
  })
  personId?: string | null;

  @Field(() => Day, { description: 'The first day on which the need exists.' })
  startsOn!: Date;
}

@InputType({ description: 'The need, and the day on which it ended.' })
export class EndNeedInput {
  @Field(() => ID, { description: 'The `id` of the need.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Day, { description: 'The first day on which the need no longer exists; after its first day.' })
  endsOn!: Date;
}

@InputType({ description: 'The absence or departure of a worker. There is no field for its cause.' })
export class DeclareAbsenceInput {
  @Field(() => ID, { description: 'A district that the viewer heads.' })
  districtId!: string;

  @Field(() => ID, { description: 'A social worker of that district, now or once.' })
  workerId!: string;

  @Field(() => DateTime, { description: 'The first instant of the absence, at most a year back or ahead.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The end, at most five years after the start. Left out for a departure.',
  })
  endsAt?: Date | null;
}

@InputType({ description: 'The absence, and its new end.' })
export class ChangeAbsenceInput {
  @Field(() => ID, { description: 'The `id` of the absence.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The new end, at most five years after the start. A time that is now or past ends the absence at once. Null makes it a departure. Unless given, nothing changes.',
  })
  endsAt?: Date | null;
}

@InputType({ description: 'The absence that the viewer contradicts.' })
export class ContradictAbsenceInput {
  @Field(() => ID, { description: 'The `id` of the absence.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({ description: 'A stand-in for an absent worker.' })
export class OpenRelayInput {
  @Field(() => ID, { description: 'A district that the viewer heads.' })
  districtId!: string;

  @Field(() => ID, { description: 'The worker who is away, and has the cases.' })
  absentWorkerId!: string;

  @Field(() => ID, {
    description:
      'The worker who follows the cases meanwhile: a social worker of the district who does not head it.',
  })
  standInId!: string;

  @Field(() => DateTime, {
    description:
      'From when on the stand-in follows the cases, within a declared absence that the worker has not contradicted.',
  })
  startsAt!: Date;

  @Field(() => DateTime, {
    description: 'The end, at most 366 days after the start. The relay ends with the absence at the latest.',
  })
  endsAt!: Date;
}

@InputType({ description: 'The relay that ends now.' })
export class EndRelayInput {
  @Field(() => ID, { description: 'The `id` of the relay.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}
