import { Field, ID, ObjectType } from 'type-graphql';
import { Role } from '../directory/directory.enums.js';
import { HandoverAnswer, KeepReason } from '../interview-note/interview-note.enums.js';
import { DateTime } from '../scalars.js';
import { AuthorCall, ReleaseGround, ReviewOpinion } from './release.enums.js';

@ObjectType({
  description:
    'Levée: opens the notes of a worker who is gone, or absent over 15 days, to the assigned worker. They are open until it ends, and only as long as that worker has the case; in danger for 72 hours. They cannot be handed on.',
})
export class Release {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The reference of the case; null where the viewer no longer knows of it.',
  })
  caseReference!: string | null;

  @Field(() => ReleaseGround, { nullable: true, description: 'Why the notes are to be opened.' })
  ground!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the assigned worker asked for it.' })
  requestedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The end of the wait, before which nobody approves it: 7 days, or 2 days for an access request or an appeal. There is none in danger.',
  })
  waitsUntil!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When a worker who held the case before first said NO to this worker, even about an earlier request; null if nobody did. From then on an adviser of another district decides. If there is no such adviser, the data protection officer agrees first, and then any adviser decides.',
  })
  objectedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the assigned worker told the person of a NO; null until then. The person may ask for their own file.',
  })
  personToldAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a technical adviser approved it; null if none did.',
  })
  approvedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a technical adviser refused it; null if none did.',
  })
  refusedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it lapsed: the worker who asked for it no longer held the case, its end came during the wait, or the officer closed it. Null otherwise.',
  })
  lapsedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the data protection officer agreed, after a NO, if no adviser of another district exists; null otherwise.',
  })
  agreedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the notes close again: at the end that was asked for; after 72 hours in danger; after 30 days if no end was asked for. For an access request it is after 30 days at most. Until the release is approved, it is the end that was asked for.',
  })
  openUntil!: Date | null;
}

@ObjectType({ description: 'The answer of a worker who held the case before to a release.' })
export class ReleaseAnswer {
  @Field(() => HandoverAnswer, {
    nullable: true,
    description: 'Whether the worker hands over; null until they say so.',
  })
  answer!: string | null;

  @Field(() => KeepReason, {
    nullable: true,
    description: 'Why the worker does not hand over, with NO; null otherwise.',
  })
  reason!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the worker said so; null until then.' })
  answeredAt!: Date | null;
}

@ObjectType({ description: 'The statement of a danger with which a release was asked for.' })
export class DangerStatement {
  @Field(() => DateTime, { nullable: true, description: 'When someone called the author of the notes.' })
  authorCalledAt!: Date;

  @Field(() => AuthorCall, { nullable: true, description: 'The result of that call.' })
  authorCall!: string;
}

@ObjectType({ description: 'The finding of one reviewer on an opening in danger.' })
export class ReleaseReview {
  @Field(() => Role, {
    nullable: true,
    description: 'As what the reviewer acts: TECHNICAL_ADVISER or DATA_PROTECTION_OFFICER.',
  })
  asRole!: string;

  @Field(() => ReviewOpinion, { nullable: true, description: 'Whether it was justified to open the notes.' })
  opinion!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the reviewer said so.' })
  reviewedAt!: Date;
}
