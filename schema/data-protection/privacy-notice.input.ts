import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  NoticeKind as NoticeKindValue,
  NoticeOpinion as NoticeOpinionValue,
} from '../../prisma/generated/enums.js';
import { NoticeKind, NoticeOpinion } from './data-protection.enums.js';

@InputType()
export class DraftPrivacyNoticeInput {
  @Field(() => NoticeKind)
  kind!: NoticeKindValue;

  @Field(() => String, {
    description:
      'In the county’s words: who it is, the officer’s e-mail address, purposes, retention, rights; not who reads what, which the software adds.',
  })
  textFr!: string;

  @Field(() => String)
  textEn!: string;
}

@InputType()
export class RewritePrivacyNoticeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String)
  textFr!: string;

  @Field(() => String)
  textEn!: string;
}

@InputType()
export class AdviseOnPrivacyNoticeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Of the text that was read: another one is a conflict.' })
  expectedVersion!: number;

  @Field(() => NoticeOpinion)
  opinion!: NoticeOpinionValue;

  @Field(() => String, {
    nullable: true,
    description:
      'In French; published beside the notice. Required with reservations, or an unfavourable opinion.',
  })
  text?: string | null;
}

@InputType()
export class PublishPrivacyNoticeInput {
  @Field(() => ID, { description: 'Of the draft.' })
  id!: string;

  @Field(() => Int, { description: 'Of the draft, with its opinion.' })
  expectedVersion!: number;
}
