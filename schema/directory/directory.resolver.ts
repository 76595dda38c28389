import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as directory from '../../src/services/directory.js';
import type { ViewerMembership } from '../../src/viewer.js';
import { VersionedInput, WithdrawScopeInput } from './directory.input.js';
import {
  ApiClient,
  Commune,
  District,
  Membership,
  OpeningHours,
  ViewerRoleIn,
  ViewerType,
  Worker,
} from './directory.type.js';

@Resolver(() => District)
export class DistrictResolver {
  @Query(() => [District], { description: 'The districts, by name: addresses and hours are public.' })
  districts(@Ctx() op: Operation) {
    return directory.listDistricts(op);
  }

  @FieldResolver(() => [OpeningHours])
  openingHours(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadOpeningHours(op, district.id);
  }

  @FieldResolver(() => [Commune], { description: 'The communes served today.' })
  communes(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadCommunes(op, district.id);
  }

  @FieldResolver(() => [Worker], { nullable: true, description: 'Who works there today, by name.' })
  workers(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadDistrictWorkers(op, district.id);
  }
}

@Resolver(() => Worker)
export class WorkerResolver {
  @FieldResolver(() => String, { nullable: true })
  displayName(@Root() worker: directory.WorkerRow) {
    return `${worker.givenName} ${worker.familyName}`;
  }

  @FieldResolver(() => [Membership], { nullable: true })
  memberships(@Ctx() op: Operation, @Root() worker: directory.WorkerRow) {
    return directory.loadMemberships(op, worker.id);
  }

  @Mutation(() => Worker, { nullable: true, description: 'Counts from the worker’s next request.' })
  disableWorker(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.disableWorker(op, input);
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() membership: directory.MembershipRow) {
    return membership.districtId === null ? null : directory.loadDistrict(op, membership.districtId);
  }

  @Mutation(() => Membership, { nullable: true, description: 'Ends a membership now.' })
  endMembership(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.endMembership(op, input);
  }

  @Mutation(() => Membership, {
    nullable: true,
    description:
      'A second administrator says that the worker of an ended membership has gone. From then on a release opens their notes without a wait. Of one that ended by itself, the first who says so is the first of the two.',
  })
  confirmDeparture(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.confirmDeparture(op, input);
  }
}

@Resolver(() => ApiClient)
export class ClientResolver {
  @Query(() => [ApiClient], { nullable: true, description: 'The registered clients.' })
  clients(@Ctx() op: Operation) {
    return directory.listClients(op);
  }

  @Mutation(() => ApiClient, {
    nullable: true,
    description: 'All its tokens are refused from the next request.',
  })
  disableClient(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.disableClient(op, input);
  }

  @Mutation(() => ApiClient, {
    nullable: true,
    description: 'Tokens that carry the scope are refused from the next request.',
  })
  withdrawScope(@Ctx() op: Operation, @Arg('input', () => WithdrawScopeInput) input: WithdrawScopeInput) {
    return directory.withdrawScope(op, input);
  }
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType)
  viewer(@Ctx() op: Operation) {
    return op.viewer;
  }

  @FieldResolver(() => Worker, { nullable: true })
  worker(@Ctx() op: Operation) {
    return op.viewer.workerId === null ? null : directory.loadWorker(op, op.viewer.workerId);
  }

  @FieldResolver(() => [ViewerRoleIn])
  memberships(@Ctx() op: Operation) {
    return op.viewer.memberships;
  }

  @FieldResolver(() => [String], { description: 'The token’s scopes, all of them granted to the client.' })
  scopes(@Ctx() op: Operation) {
    return [...op.viewer.scopes].sort();
  }
}

@Resolver(() => ViewerRoleIn)
export class ViewerRoleInResolver {
  @FieldResolver(() => District, { nullable: true, description: 'Null for a county-wide role.' })
  district(@Ctx() op: Operation, @Root() membership: ViewerMembership) {
    return membership.districtId === null ? null : directory.loadDistrict(op, membership.districtId);
  }
}
