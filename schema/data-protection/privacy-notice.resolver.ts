import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as notices from '../../src/services/data-protection/privacy-notices.js';
import {
  AdviseOnPrivacyNoticeInput,
  DraftPrivacyNoticeInput,
  PublishPrivacyNoticeInput,
  RewritePrivacyNoticeInput,
} from './privacy-notice.input.js';
import { PrivacyNotice, PrivacyNoticeDraft } from './privacy-notice.type.js';

@Resolver(() => PrivacyNotice)
export class PrivacyNoticeResolver {
  @Query(() => [PrivacyNotice], {
    description: 'The published privacy notices, the newest of each kind first; 100 at most. Public.',
  })
  privacyNotices(@Ctx() op: Operation) {
    return notices.listNotices(op);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether a release of the software has changed who reads what since the text was written. A new version is then to be drafted.',
  })
  outdated(@Root() notice: notices.NoticeRow) {
    return notices.isOutdated(notice);
  }

  @Query(() => [PrivacyNoticeDraft], {
    nullable: true,
    description:
      'Drafts that are not published yet, the latest first; 100 at most. For the administrator and the data protection officer.',
  })
  privacyNoticeDrafts(@Ctx() op: Operation) {
    return notices.listNoticeDrafts(op);
  }

  @Mutation(() => PrivacyNoticeDraft, {
    nullable: true,
    description:
      'Drafts a privacy notice for the county. Only the administrator may. The officer finds it in `privacyNoticeDrafts`.',
  })
  draftPrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => DraftPrivacyNoticeInput) input: DraftPrivacyNoticeInput,
  ) {
    return notices.draftNotice(op, input);
  }

  @Mutation(() => PrivacyNoticeDraft, {
    nullable: true,
    description:
      'Writes a draft anew. An opinion on the earlier text is removed, and another has to be given.',
  })
  rewritePrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => RewritePrivacyNoticeInput) input: RewritePrivacyNoticeInput,
  ) {
    return notices.rewriteNotice(op, input);
  }

  @Mutation(() => PrivacyNoticeDraft, {
    nullable: true,
    description:
      'Gives the opinion of the data protection officer on a draft. Only the officer may, and not on a draft of their own.',
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
      'Publishes a draft for good, once there is an opinion. The opinion need not be favourable: the county decides. The officer who gave it cannot publish.',
  })
  publishPrivacyNotice(
    @Ctx() op: Operation,
    @Arg('input', () => PublishPrivacyNoticeInput) input: PublishPrivacyNoticeInput,
  ) {
    return notices.publishNotice(op, input);
  }
}
