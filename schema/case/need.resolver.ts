import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as needs from '../../src/services/case/needs.js';
import { EndNeedInput, RecordNeedInput } from './case.input.js';
import { Need, NeedCode } from './case.type.js';

@Resolver(() => Need)
export class NeedResolver {
  @Query(() => [NeedCode], { description: 'The adopted nomenclature of needs, by code: public.' })
  needCodes(@Ctx() op: Operation) {
    return needs.listNeedCodes(op);
  }

  @FieldResolver(() => NeedCode, { nullable: true, description: 'The item of the nomenclature.' })
  code(@Ctx() op: Operation, @Root() need: needs.NeedRow) {
    return needs.loadNeedCode(op, need.code);
  }

  @Mutation(() => Need, {
    nullable: true,
    description: 'Records that a person or the household of a case needs something.',
  })
  recordNeed(@Ctx() op: Operation, @Arg('input', () => RecordNeedInput) input: RecordNeedInput) {
    return needs.recordNeed(op, input);
  }

  @Mutation(() => Need, {
    nullable: true,
    description: 'Records the day on which a need ended. The need stays in the case.',
  })
  endNeed(@Ctx() op: Operation, @Arg('input', () => EndNeedInput) input: EndNeedInput) {
    return needs.endNeed(op, input);
  }
}
