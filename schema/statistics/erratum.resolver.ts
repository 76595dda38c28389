import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import * as errata from '../../src/services/statistics/errata.js';
import { District } from '../directory/directory.type.js';
import { ErrataArgs, ProposeErratumInput, SignErratumInput, WithdrawErratumInput } from './erratum.input.js';
import { Erratum } from './erratum.type.js';

@Resolver(() => Erratum)
export class ErratumResolver {
  @Query(() => [Erratum], {
    nullable: true,
    description: 'The errors that were found in figures and reports, the latest first; 100 at most. Public.',
  })
  errata(@Ctx() op: Operation, @Args(() => ErrataArgs) args: ErrataArgs) {
    return errata.listErrata(op, args);
  }

  @Query(() => [Erratum], {
    nullable: true,
    description:
      'Errata that nobody has signed yet, the latest first; 100 at most. For those who read drafts.',
  })
  errataToSign(@Ctx() op: Operation) {
    return errata.listErrataToSign(op);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district that it is about; null is the county.',
  })
  district(@Ctx() op: Operation, @Root() { districtId }: errata.ErratumRow) {
    return districtId === null ? null : loadDistrict(op, districtId);
  }

  @Mutation(() => Erratum, {
    nullable: true,
    description: 'Writes down what was found wrong. Only a technical adviser may. It then has to be signed.',
  })
  proposeErratum(@Ctx() op: Operation, @Arg('input', () => ProposeErratumInput) input: ProposeErratumInput) {
    return errata.proposeErratum(op, input);
  }

  @Mutation(() => Erratum, {
    nullable: true,
    description:
      'Signs an erratum, and publishes it for good. A technical adviser or the data protection officer may, and never the worker who wrote it.',
  })
  signErratum(@Ctx() op: Operation, @Arg('input', () => SignErratumInput) input: SignErratumInput) {
    return errata.signErratum(op, input);
  }

  @Mutation(() => Erratum, {
    nullable: true,
    description: 'Takes back an erratum that nobody has signed. Only the worker who wrote it may.',
  })
  withdrawErratum(
    @Ctx() op: Operation,
    @Arg('input', () => WithdrawErratumInput) input: WithdrawErratumInput,
  ) {
    return errata.withdrawErratum(op, input);
  }
}
