import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadWorker } from '../../src/services/directory.js';
import * as answers from '../../src/services/release-answers.js';
import * as decisions from '../../src/services/release-decisions.js';
import * as reviews from '../../src/services/release-reviews.js';
import * as releases from '../../src/services/releases.js';
import { Worker } from '../directory/directory.type.js';
import { DateTime } from '../scalars.js';
import {
  AnswerReleaseInput,
  ApproveReleaseInput,
  ReleaseInput,
  RequestReleaseInput,
  ReviewReleaseInput,
} from './release.input.js';
import { DangerStatement, Release, ReleaseAnswer, ReleaseReview } from './release.type.js';

const workerOrNull = (op: Operation, id: string | null) => (id === null ? null : loadWorker(op, id));

@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => [Release], {
    nullable: true,
    description:
      'What waits for a technical adviser, and is theirs to decide: dangers first, then the oldest; at most 100.',
  })
  pendingReleases(
    @Ctx() op: Operation,
    @Arg('after', () => ID, { nullable: true, description: 'The last one of the page before.' })
    after: string | null,
  ) {
    return releases.listPendingReleases(op, after);
  }

  @Query(() => [Release], { nullable: true, description: 'What the viewer asked for, newest first.' })
  myReleases(@Ctx() op: Operation) {
    return releases.listMyReleases(op);
  }

  @Query(() => [Release], {
    nullable: true,
    description:
      'Of cases that the viewer held: what was asked, by whom, and what became of it; newest first, at most 100.',
  })
  releasesOfFormerCases(@Ctx() op: Operation) {
    return releases.listReleasesOfFormerCases(op);
  }

  @Query(() => [Release], {
    nullable: true,
    description: 'Of cases that the viewer held: they hand over, or say why not. The oldest first.',
  })
  releasesToAnswer(@Ctx() op: Operation) {
    return answers.listReleasesToAnswer(op);
  }

  @Query(() => [Release], {
    nullable: true,
    description: 'Openings in danger that wait for the viewer’s review, the first due first.',
  })
  releasesToReview(@Ctx() op: Operation) {
    return reviews.listReleasesToReview(op);
  }

  @FieldResolver(() => Worker, { nullable: true })
  requestedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return loadWorker(op, release.requestedById);
  }

  @FieldResolver(() => Worker, { nullable: true })
  approvedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return workerOrNull(op, release.approvedById);
  }

  @FieldResolver(() => Worker, { nullable: true })
  refusedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return workerOrNull(op, release.refusedById);
  }

  @FieldResolver(() => [ReleaseAnswer], { nullable: true })
  answers(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return answers.loadAnswers(op, release);
  }

  @FieldResolver(() => DangerStatement, { nullable: true })
  danger(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return releases.loadDanger(op, release);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Until when an opening in danger is to be reviewed: ten days.',
  })
  reviewDueAt(@Root() release: releases.ReleaseRow) {
    return reviews.reviewDueAt(release);
  }

  @FieldResolver(() => [ReleaseReview], { nullable: true })
  reviews(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return reviews.loadReviews(op, release);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'By the assigned worker. Who held the case before, the advisers and the officer are told at once. DANGER: for a child or an adult in danger, to the worker just assigned (15 days at most), once for an event: not again for the case within fifteen days, unless both reviewers found the last one justified. One request of an assignment waits at a time. Calling 15, 17, 119 or the prosecutor never waits for it.',
  })
  requestRelease(@Ctx() op: Operation, @Arg('input', () => RequestReleaseInput) input: RequestReleaseInput) {
    return releases.requestRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'By who held the case before: they hand their notes over without reading them again, or say why not.',
  })
  answerRelease(@Ctx() op: Operation, @Arg('input', () => AnswerReleaseInput) input: AnswerReleaseInput) {
    return answers.answerRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description: 'The assigned worker has told the person of a NO, and that they may ask for their own file.',
  })
  recordReleaseTold(@Ctx() op: Operation, @Arg('input', () => ReleaseInput) input: ReleaseInput) {
    return releases.recordReleaseTold(op, input);
  }

  @Mutation(() => Release, { nullable: true, description: 'By a technical adviser, who sees no text.' })
  approveRelease(@Ctx() op: Operation, @Arg('input', () => ApproveReleaseInput) input: ApproveReleaseInput) {
    return decisions.approveRelease(op, input);
  }

  @Mutation(() => Release, { nullable: true, description: 'By a technical adviser: nothing opens.' })
  refuseRelease(@Ctx() op: Operation, @Arg('input', () => ReleaseInput) input: ReleaseInput) {
    return decisions.refuseRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description: 'By an adviser of another district and by the officer, within ten days.',
  })
  reviewRelease(@Ctx() op: Operation, @Arg('input', () => ReviewReleaseInput) input: ReviewReleaseInput) {
    return reviews.reviewRelease(op, input);
  }
}

@Resolver(() => ReleaseAnswer)
export class ReleaseAnswerResolver {
  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation, @Root() answer: answers.ReleaseAnswerRow) {
    return loadWorker(op, answer.workerId);
  }
}

@Resolver(() => ReleaseReview)
export class ReleaseReviewResolver {
  @FieldResolver(() => Worker, { nullable: true })
  reviewedBy(@Ctx() op: Operation, @Root() review: reviews.ReleaseReviewRow) {
    return loadWorker(op, review.reviewedById);
  }
}
