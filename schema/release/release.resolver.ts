import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import * as answers from '../../src/services/release/release-answers.js';
import * as decisions from '../../src/services/release/release-decisions.js';
import * as reviews from '../../src/services/release/release-reviews.js';
import * as releases from '../../src/services/release/releases.js';
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
      'Releases that wait for a technical adviser and that the viewer may decide: dangers first, then the oldest; 100 at most.',
  })
  pendingReleases(
    @Ctx() op: Operation,
    @Arg('after', () => ID, {
      nullable: true,
      description: 'The `id` of the last release of the page before.',
    })
    after: string | null,
  ) {
    return releases.listPendingReleases(op, after);
  }

  @Query(() => [Release], {
    nullable: true,
    description:
      'Releases that wait or are open, for the data protection officer, who may close each; the oldest first, 100 at most.',
  })
  releasesInForce(
    @Ctx() op: Operation,
    @Arg('after', () => ID, {
      nullable: true,
      description: 'The `id` of the last release of the page before.',
    })
    after: string | null,
  ) {
    return releases.listReleasesInForce(op, after);
  }

  @Query(() => [Release], {
    nullable: true,
    description: 'Releases that the viewer asked for, newest first; 100 at most.',
  })
  myReleases(@Ctx() op: Operation) {
    return releases.listMyReleases(op);
  }

  @Query(() => [Release], {
    nullable: true,
    description:
      'Releases of cases that the viewer held: what was asked, by which worker, and what became of it; newest first, 100 at most.',
  })
  releasesOfFormerCases(@Ctx() op: Operation) {
    return releases.listReleasesOfFormerCases(op);
  }

  @Query(() => [Release], {
    nullable: true,
    description:
      'Releases of cases that the viewer held and that wait for the viewer’s answer: they hand over, or say why not. The oldest first, 100 at most.',
  })
  releasesToAnswer(@Ctx() op: Operation) {
    return answers.listReleasesToAnswer(op);
  }

  @Query(() => [Release], {
    nullable: true,
    description: 'Openings in danger that wait for the viewer’s review, the first due first; 100 at most.',
  })
  releasesToReview(@Ctx() op: Operation) {
    return reviews.listReleasesToReview(op);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who asked for it.' })
  requestedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return loadWorker(op, release.requestedById);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The technical adviser who approved it; null if none did.',
  })
  approvedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return workerOrNull(op, release.approvedById);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The technical adviser who refused it; null if none did.',
  })
  refusedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return workerOrNull(op, release.refusedById);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The data protection officer who closed it; null if none did.',
  })
  closedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return workerOrNull(op, release.closedById);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The data protection officer who agreed after a NO; null if none did.',
  })
  agreedBy(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return workerOrNull(op, release.agreedById);
  }

  @FieldResolver(() => [ReleaseAnswer], {
    nullable: true,
    description: 'The answer of each worker who held the case before.',
  })
  answers(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return answers.loadAnswers(op, release);
  }

  @FieldResolver(() => DangerStatement, {
    nullable: true,
    description: 'The statement of the danger; null for any other ground.',
  })
  danger(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return releases.loadDanger(op, release);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'The end of the ten days in which an opening in danger is to be reviewed; null for any other release.',
  })
  reviewDueAt(@Root() release: releases.ReleaseRow) {
    return reviews.reviewDueAt(release);
  }

  @FieldResolver(() => [ReleaseReview], {
    nullable: true,
    description:
      'The findings of the reviewers of an opening in danger. Only technical advisers and the data protection officer read it.',
  })
  reviews(@Ctx() op: Operation, @Root() release: releases.ReleaseRow) {
    return reviews.loadReviews(op, release);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'Asks for the notes of a worker who has left the county or is absent for long. Only the assigned worker may, and one request at a time. Workers who held the case before, the advisers and the officer are told at once. DANGER is for a child or an adult in danger, within 15 days of the assignment. Within fifteen days of an opening in danger it is refused for the same case, unless both reviewers found that opening justified. Calling 15, 17, 119 or the prosecutor never waits for it.',
  })
  requestRelease(@Ctx() op: Operation, @Arg('input', () => RequestReleaseInput) input: RequestReleaseInput) {
    return releases.requestRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'A worker who held the case before hands their notes over without reading them again, or says why not. A worker who has no post left may still answer.',
  })
  answerRelease(@Ctx() op: Operation, @Arg('input', () => AnswerReleaseInput) input: AnswerReleaseInput) {
    return answers.answerRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'Records that the assigned worker has told the person of a NO, and that the person may ask for their own file.',
  })
  recordReleaseTold(@Ctx() op: Operation, @Arg('input', () => ReleaseInput) input: ReleaseInput) {
    return releases.recordReleaseTold(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'Approves a release, and opens the notes of authors who have left or are absent for long. Only a technical adviser may, who sees no text. Before the end of the wait it is a CONFLICT with the reason STILL_WAITS.',
  })
  approveRelease(@Ctx() op: Operation, @Arg('input', () => ApproveReleaseInput) input: ApproveReleaseInput) {
    return decisions.approveRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description: 'Refuses a release: nothing opens. Only a technical adviser may.',
  })
  refuseRelease(@Ctx() op: Operation, @Arg('input', () => ReleaseInput) input: ReleaseInput) {
    return decisions.refuseRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'Agrees to a release after a NO, if no adviser of another district exists. Then an adviser may approve it. Only the data protection officer may do this.',
  })
  agreeToRelease(@Ctx() op: Operation, @Arg('input', () => ReleaseInput) input: ReleaseInput) {
    return decisions.agreeToRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'Closes a release that waits or is open, and the notes that it opened. Only the data protection officer may do this. The worker who asked, the workers who held the case and the authors are told.',
  })
  closeRelease(@Ctx() op: Operation, @Arg('input', () => ReleaseInput) input: ReleaseInput) {
    return decisions.closeRelease(op, input);
  }

  @Mutation(() => Release, {
    nullable: true,
    description:
      'Says whether an opening in danger was justified. An adviser of another district and the data protection officer each say so within ten days. If it was not justified, the notes that are still open are closed.',
  })
  reviewRelease(@Ctx() op: Operation, @Arg('input', () => ReviewReleaseInput) input: ReviewReleaseInput) {
    return reviews.reviewRelease(op, input);
  }
}

@Resolver(() => DangerStatement)
export class DangerStatementResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The facts: what was seen or said, by which person and when.',
  })
  facts(@Ctx() op: Operation, @Root() row: releases.DangerRow) {
    return releases.openFacts(op, row);
  }
}

@Resolver(() => ReleaseAnswer)
export class ReleaseAnswerResolver {
  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who held the case before.' })
  worker(@Ctx() op: Operation, @Root() answer: answers.ReleaseAnswerRow) {
    return loadWorker(op, answer.workerId);
  }
}

@Resolver(() => ReleaseReview)
export class ReleaseReviewResolver {
  @FieldResolver(() => Worker, { nullable: true, description: 'The adviser or the officer who said so.' })
  reviewedBy(@Ctx() op: Operation, @Root() review: reviews.ReleaseReviewRow) {
    return loadWorker(op, review.reviewedById);
  }
}
