import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, Day } from '../scalars.js';
import { NoticeKind, NoticeOpinion } from './data-protection.enums.js';

@ObjectType({
  description:
    'Mention d’information: what persons are told about their data, by version. It is public, and never changes once published.',
})
export class PrivacyNotice {
  @Field(() => ID)
  id!: string;

  @Field(() => NoticeKind, { description: 'Whether it is the short notice or the full one.' })
  kind!: string;

  @Field(() => Int, { description: 'The number of the version among those of its kind, from 1.' })
  version!: number;

  @Field(() => String, { description: 'The whole text in French.' })
  textFr!: string;

  @Field(() => String, { description: 'The whole text in English.' })
  textEn!: string;

  @Field(() => Day, { description: 'The day of its publication, in Paris.' })
  publishedOn!: Date;

  @Field(() => NoticeOpinion, {
    nullable: true,
    description:
      'The opinion of the data protection officer on exactly this text; null if there was none. It binds nobody: the county decides, and the opinion is shown beside the text.',
  })
  opinion!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The opinion in the officer’s words, in French; null if there are none.',
  })
  opinionText!: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which the officer gave the opinion, in Paris.',
  })
  opinionOn!: Date | null;
}

@ObjectType({
  description:
    'A privacy notice that the county prepares. Once published, the French text is `textFr`, an empty line and `whoReadsFr`, and the English one likewise.',
})
export class PrivacyNoticeDraft {
  @Field(() => ID)
  id!: string;

  @Field(() => NoticeKind, {
    nullable: true,
    description: 'Whether it is to be the short notice or the full one.',
  })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The text of the county, in French: who it is, its officer’s address, purposes, retention, rights.',
  })
  textFr!: string;

  @Field(() => String, { nullable: true, description: 'The text of the county, in English.' })
  textEn!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The software’s sentences about who reads what, in French, by the policies at the time when the draft was written.',
  })
  whoReadsFr!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The software’s sentences about who reads what, in English.',
  })
  whoReadsEn!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the text was last written.' })
  draftedAt!: Date;

  @Field(() => NoticeOpinion, {
    nullable: true,
    description: 'The opinion of the data protection officer on this very text; null until there is one.',
  })
  opinion!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The opinion in the officer’s words, in French; null if there are none.',
  })
  opinionText!: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which the officer gave the opinion, in Paris; null until then.',
  })
  opinionOn!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}
