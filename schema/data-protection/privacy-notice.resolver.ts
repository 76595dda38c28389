import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as notices from '../../src/services/privacy-notices.js';
import {
  AdviseOnPrivacyNoticeInput,
  DraftPrivacyNoticeInput,
  PublishPrivacyNoticeInput,
  RewritePrivacyNoticeInput,
} from './privacy-notice.input.js';
import { PrivacyNotice, PrivacyNoticeDraft } from './privacy-notice.type.js';

@Resolver(() => PrivacyNotice)
export class PrivacyNoticeResolver {
  @Query(() => [PrivacyNotice], { description: 'The notices, the newest of each kind first.' })
  privacyNotices(@Ctx() op: Operation) {
    return notices.listNotices(op);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether others read today than it says, since a release of the software: a new version is to be drafted.',
  })
  outdated(@Root() notice: notices.NoticeRow) {
    return notices.isOutdated(notice);
  }

  @Query(() => [PrivacyNoticeDraft], {
    nullable: true,
    description: 'Not published yet, the latest first; 100 at most.',
  })
  privacyNoticeDrafts(@Ctx() op: Operation) {
    return notices.listNoticeDrafts(op);
  }

  @Mutation(() => PrivacyNoticeDraft, {
    nullable: true,
    description: 'By the administrator, for the county. The officer finds it in `privacyNoticeDrafts`.',
  })
  draftPrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => DraftPrivacyNoticeInput) input: DraftPrivacyNoticeInput,
  ) {
    return notices.draftNotice(op, input);
  }

  @Mutation(() => PrivacyNoticeDraft, {
    nullable: true,
    description: 'An opinion on the text before goes, and another is to be given.',
  })
  rewritePrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => RewritePrivacyNoticeInput) input: RewritePrivacyNoticeInput,
  ) {
    return notices.rewriteNotice(op, input);
  }

  @Mutation(() => PrivacyNoticeDraft, {
    nullable: true,
    description: 'By the data protection officer, who has not written it.',
  })
  adviseOnPrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => AdviseOnPrivacyNoticeInput) input: AdviseOnPrivacyNoticeInput,
  ) {
    return notices.adviseOnNotice(op, input);
  }

  @Mutation(() => PrivacyNotice, {
    nullable: true,
    description:
      'For good, after an opinion, which need not be favourable: the county decides. By another than who gave it.',
  })
  publishPrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => PublishPrivacyNoticeInput) input: PublishPrivacyNoticeInput,
  ) {
    return notices.publishNotice(op, input);
  }
}
