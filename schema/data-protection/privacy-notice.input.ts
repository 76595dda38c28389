import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  NoticeKind as NoticeKindValue,
  NoticeOpinion as NoticeOpinionValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { NoticeKind, NoticeOpinion } from './data-protection.enums.js';

@InputType({ description: 'The county’s part of a privacy notice, in two languages.' })
export class DraftPrivacyNoticeInput {
  @Field(() => NoticeKind, { description: 'Whether it is to be the short notice or the full one.' })
  kind!: NoticeKindValue;

  @Field(() => String, {
    description: `The text of the county, in French, at most ${charactersOf(LONGEST.publishedText)}: who it is, the officer’s e-mail address, purposes, retention, rights. The software adds the sentences about who reads what.`,
  })
  textFr!: string;

  @Field(() => String, {
    description: `The same in English, at most ${charactersOf(LONGEST.publishedText)}.`,
  })
  textEn!: string;
}

@InputType({ description: 'The draft, and its new text.' })
export class RewritePrivacyNoticeInput {
  @Field(() => ID, { description: 'The `id` of the draft.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, {
    description: `The text of the county, in French, at most ${charactersOf(LONGEST.publishedText)}.`,
  })
  textFr!: string;

  @Field(() => String, {
    description: `The same in English, at most ${charactersOf(LONGEST.publishedText)}.`,
  })
  textEn!: string;
}

@InputType({ description: 'The draft, and the officer’s opinion.' })
export class AdviseOnPrivacyNoticeInput {
  @Field(() => ID, { description: 'The `id` of the draft.' })
  id!: string;

  @Field(() => Int, {
    description:
      'The `version` of the draft whose text was read. If the draft has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;

  @Field(() => NoticeOpinion, { description: 'The officer’s opinion on the text.' })
  opinion!: NoticeOpinionValue;

  @Field(() => String, {
    nullable: true,
    description: `The opinion in words, in French, at most ${charactersOf(LONGEST.opinion)}. It is published beside the notice, and required unless the opinion is favourable.`,
  })
  text?: string | null;
}

@InputType({ description: 'The draft to publish.' })
export class PublishPrivacyNoticeInput {
  @Field(() => ID, { description: 'The `id` of the draft.' })
  id!: string;

  @Field(() => Int, {
    description:
      'The `version` of the draft with its opinion, as it was read. If the draft has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;
}
