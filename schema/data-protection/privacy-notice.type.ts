import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { NoticeKind, NoticeOpinion } from './data-protection.enums.js';

@ObjectType({ description: 'Mention d’information, by version: public, and never changed once published.' })
export class PrivacyNotice {
  @Field(() => ID)
  id!: string;

  @Field(() => NoticeKind)
  kind!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  textFr!: string;

  @Field(() => String)
  textEn!: string;

  @Field(() => Day)
  publishedOn!: Date;

  @Field(() => NoticeOpinion, {
    nullable: true,
    description:
      'Of the data protection officer on exactly this text. It binds nobody: the county decides, and the opinion is shown beside.',
  })
  opinion!: string | null;

  @Field(() => String, { nullable: true, description: 'In the officer’s words, in French.' })
  opinionText!: string | null;

  @Field(() => Day, { nullable: true })
  opinionOn!: Date | null;
}

@ObjectType({
  description:
    'A privacy notice that the county prepares. Published it is `textFr`, an empty line, and `whoReadsFr`.',
})
export class PrivacyNoticeDraft {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => NoticeKind, { nullable: true })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'In the county’s words: who it is, its officer’s address, purposes, retention, rights.',
  })
  textFr!: string;

  @Field(() => String, { nullable: true })
  textEn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who reads what, in the software’s words: as the policies were when the draft was written.',
  })
  whoReadsFr!: string;

  @Field(() => String, { nullable: true })
  whoReadsEn!: string;

  @Field(() => DateTime, { nullable: true })
  draftedAt!: Date;

  @Field(() => NoticeOpinion, { nullable: true, description: 'Null until there is one on this very text.' })
  opinion!: string | null;

  @Field(() => String, { nullable: true })
  opinionText!: string | null;

  @Field(() => Day, { nullable: true })
  opinionOn!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}
