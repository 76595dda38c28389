import { Field, ID, InputType, Int } from 'type-graphql';
import type { CaseStatus as CaseStatusValue, Mission as MissionValue } from '../../prisma/generated/enums.js';
import type { AbsencePurpose as AbsencePurposeValue } from '../../src/services/cases.js';
import type { ReopeningReason as ReopeningReasonValue } from '../../src/services/closing.js';
import { DateTime, Day } from '../scalars.js';
import { AbsencePurpose, CaseStatus, Mission, ReopeningReason } from './case.enums.js';

@InputType({ description: 'A filter on what the viewer may not read finds nothing.' })
export class CaseFilter {
  @Field(() => ID, { nullable: true })
  districtId?: string | null;

  @Field(() => CaseStatus, { nullable: true })
  status?: CaseStatusValue | null;

  @Field(() => Mission, { nullable: true })
  mission?: MissionValue | null;

  @Field(() => Boolean, { nullable: true })
  assignedToMe?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  unassigned?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'For the head, instead of the queue: the open cases of a worker with an absence that they do not contest, or a departure; one worker an operation, with `purpose`. Logged.',
  })
  absentWorkerId?: string | null;

  @Field(() => AbsencePurpose, { nullable: true, description: 'Compulsory with `absentWorkerId`.' })
  purpose?: AbsencePurposeValue | null;
}

@InputType()
export class OpenCaseInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => Mission)
  mission!: MissionValue;

  @Field(() => [ID])
  personIds!: string[];
}

@InputType()
export class AssignCaseInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ID)
  workerId!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class CloseCaseInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => [ID], {
    nullable: true,
    description: 'The ids of `looseEnds`: each that stays as it is, 200 at most.',
  })
  leaving?: string[] | null;
}

@InputType()
export class ReopenCaseInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ReopeningReason)
  reason!: ReopeningReasonValue;
}

@InputType()
export class RecordNeedInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => String)
  code!: string;

  @Field(() => ID, { nullable: true, description: 'Whom it concerns; the whole household unless given.' })
  personId?: string | null;

  @Field(() => Day)
  startsOn!: Date;
}

@InputType()
export class EndNeedInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Day)
  endsOn!: Date;
}

@InputType()
export class DeclareAbsenceInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID)
  workerId!: string;

  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'None for a departure.' })
  endsAt?: Date | null;
}

@InputType()
export class ChangeAbsenceInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => DateTime, { nullable: true, description: 'Null for a departure; now, to end it.' })
  endsAt?: Date | null;
}

@InputType()
export class ContradictAbsenceInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class OpenRelayInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID)
  absentWorkerId!: string;

  @Field(() => ID)
  standInId!: string;

  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => DateTime)
  endsAt!: Date;
}

@InputType()
export class EndRelayInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}
