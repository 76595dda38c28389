import { Field, ID, ObjectType } from 'type-graphql';
import { Role } from '../directory/directory.enums.js';
import { HandoverAnswer, KeepReason } from '../interview-note/interview-note.enums.js';
import { DateTime } from '../scalars.js';
import { AuthorCall, ReleaseGround, ReviewOpinion } from './release.enums.js';

@ObjectType({
  description:
    'Levée. Opens the notes of someone who is gone, or absent over 15 days, to the assigned worker, until it ends, as long as the case is theirs; in danger for 72 hours. They are not handed on.',
})
export class Release {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Null where the viewer no longer knows of the case.' })
  caseReference!: string | null;

  @Field(() => ReleaseGround, { nullable: true })
  ground!: string;

  @Field(() => DateTime, { nullable: true })
  requestedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until then nobody approves it: 7 days, 2 for an access request or an appeal, none once all who held the case before have left, and none in danger.',
  })
  waitsUntil!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The first NO of who held the case before, to this worker: to an earlier request, too. From then on an adviser of another district decides.',
  })
  objectedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the assigned worker told the person of a NO. The person may ask for their own file.',
  })
  personToldAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  approvedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  refusedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Its requester no longer holds the case.',
  })
  lapsedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The end of what it opened: as asked, 72 hours in danger, 30 days at most for an access request, or where nothing was asked. Until it is approved, the end that was asked for.',
  })
  openUntil!: Date | null;
}

@ObjectType({ description: 'What a worker who held the case before says to a release; null until they do.' })
export class ReleaseAnswer {
  @Field(() => HandoverAnswer, { nullable: true })
  answer!: string | null;

  @Field(() => KeepReason, { nullable: true })
  reason!: string | null;

  @Field(() => DateTime, { nullable: true })
  answeredAt!: Date | null;
}

@ObjectType({ description: 'What was stated of a danger when its release was asked for.' })
export class DangerStatement {
  @Field(() => String, { nullable: true, description: 'What was seen or said, by whom and when.' })
  facts!: string;

  @Field(() => DateTime, { nullable: true })
  authorCalledAt!: Date;

  @Field(() => AuthorCall, { nullable: true })
  authorCall!: string;
}

@ObjectType({ description: 'What a reviewer found of an opening in danger.' })
export class ReleaseReview {
  @Field(() => Role, { nullable: true })
  asRole!: string;

  @Field(() => ReviewOpinion, { nullable: true })
  opinion!: string;

  @Field(() => DateTime, { nullable: true })
  reviewedAt!: Date;
}
