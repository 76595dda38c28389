import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import * as directory from '../../src/services/directory/directory.js';
import * as suspensions from '../../src/services/directory/suspensions.js';
import type { ViewerMembership } from '../../src/viewer.js';
import {
  ConfirmSuspensionInput,
  SuspensionInput,
  VersionedInput,
  WithdrawScopeInput,
} from './directory.input.js';
import {
  ApiClient,
  Commune,
  District,
  Membership,
  OpeningHours,
  Suspension,
  ViewerRoleIn,
  ViewerType,
  Worker,
} from './directory.type.js';

@Resolver(() => District)
export class DistrictResolver {
  @Query(() => [District], { description: 'All districts, by name. Addresses and hours are public.' })
  districts(@Ctx() op: Operation) {
    return directory.listDistricts(op);
  }

  @FieldResolver(() => [OpeningHours], { description: 'When it is open to the public, by weekday.' })
  openingHours(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadOpeningHours(op, district.id);
  }

  @FieldResolver(() => [String], {
    description:
      'The other places where it receives people, beside its address, by name. The `place` of hours and appointments is one of them.',
  })
  places(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadPlacesOfDistrict(op, district.id);
  }

  @FieldResolver(() => [Commune], { description: 'The communes that it serves today, by name.' })
  communes(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadCommunes(op, district.id);
  }

  @FieldResolver(() => [Worker], {
    nullable: true,
    description: 'The workers who belong to it today, by name.',
  })
  workers(@Ctx() op: Operation, @Root() district: directory.DistrictRow) {
    return directory.loadDistrictWorkers(op, district.id);
  }
}

@Resolver(() => Worker)
export class WorkerResolver {
  @FieldResolver(() => String, { nullable: true, description: 'First name and surname.' })
  displayName(@Root() worker: directory.WorkerRow) {
    return `${worker.givenName} ${worker.familyName}`;
  }

  @FieldResolver(() => [Membership], {
    nullable: true,
    description: 'The roles that the worker holds or held, the latest first.',
  })
  memberships(@Ctx() op: Operation, @Root() worker: directory.WorkerRow) {
    return directory.loadMemberships(op, worker.id);
  }

  @Mutation(() => Worker, {
    nullable: true,
    description:
      'Closes the account of a worker, from their next request on. Only administrators may. An officer, an adviser, an administrator or a worker who has left is suspended: see `Suspension`.',
  })
  disableWorker(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.disableWorker(op, input);
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district in which the worker holds it; null for a role in the whole county.',
  })
  district(@Ctx() op: Operation, @Root() membership: directory.MembershipRow) {
    return membership.districtId === null ? null : directory.loadDistrict(op, membership.districtId);
  }

  @Mutation(() => Membership, {
    nullable: true,
    description:
      'Ends a membership now; its worker is told. Only administrators may. A post of an officer, an adviser or an administrator is suspended: see `Suspension`.',
  })
  endMembership(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.endMembership(op, input);
  }

  @Mutation(() => Membership, {
    nullable: true,
    description:
      'A second administrator says that the worker of an ended membership has left. Once this is said of all memberships of the worker, a release may open their notes, after its wait. The heads and the data protection officer are told. If the membership ended by itself, two administrators have to say so here. If an administrator had disabled the account, it is suspended from then on: see `Suspension`.',
  })
  confirmDeparture(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.confirmDeparture(op, input);
  }

  @Mutation(() => Membership, {
    nullable: true,
    description:
      'A worker without any membership left says, by one that has ended, that they have not left. Then no release opens their notes. The heads, the administrators and the data protection officer are told.',
  })
  contradictDeparture(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.contradictDeparture(op, input);
  }
}

@Resolver(() => ApiClient)
export class ClientResolver {
  @Query(() => [ApiClient], {
    nullable: true,
    description:
      'The registered clients, by their registered name; 200 at most. Only administrators read them.',
  })
  clients(@Ctx() op: Operation) {
    return directory.listClients(op);
  }

  @Mutation(() => ApiClient, {
    nullable: true,
    description:
      'Disables a client: all its tokens are refused from the next request on. Only administrators may. A front end is suspended: see `Suspension`.',
  })
  disableClient(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return directory.disableClient(op, input);
  }

  @Mutation(() => ApiClient, {
    nullable: true,
    description:
      'Withdraws a scope from a client: tokens with it are refused from the next request on. Only administrators may. The scope of a front end is suspended, and tokens count without it: see `Suspension`.',
  })
  withdrawScope(@Ctx() op: Operation, @Arg('input', () => WithdrawScopeInput) input: WithdrawScopeInput) {
    return directory.withdrawScope(op, input);
  }
}

@Resolver(() => Suspension)
export class SuspensionResolver {
  @Query(() => [Suspension], {
    nullable: true,
    description:
      'The last suspensions, newest first; 100 at most. Officers, advisers and administrators read them, and may lift each.',
  })
  suspensions(@Ctx() op: Operation) {
    return suspensions.listSuspensions(op);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker concerned; null for a client.' })
  worker(@Ctx() op: Operation, @Root() suspension: suspensions.SuspensionRow) {
    return suspension.workerId === null ? null : directory.loadWorker(op, suspension.workerId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The administrator who suspended.' })
  suspendedBy(@Ctx() op: Operation, @Root() suspension: suspensions.SuspensionRow) {
    return directory.loadWorker(op, suspension.suspendedById);
  }

  @Mutation(() => Suspension, {
    nullable: true,
    description:
      'Lifts a suspension at once. Officers, advisers and administrators may do this, except the worker concerned.',
  })
  liftSuspension(@Ctx() op: Operation, @Arg('input', () => SuspensionInput) input: SuspensionInput) {
    return suspensions.liftSuspension(op, input);
  }

  @Mutation(() => Suspension, {
    nullable: true,
    description:
      'Confirms a suspension, so that it stays. Only an officer or an adviser may do this, who is no administrator and not the worker concerned. An officer goes only with a successor.',
  })
  confirmSuspension(
    @Ctx() op: Operation,
    @Arg('input', () => ConfirmSuspensionInput) input: ConfirmSuspensionInput,
  ) {
    return suspensions.confirmSuspension(op, input);
  }
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'The sender of the request, as the API knows them.' })
  viewer(@Ctx() op: Operation) {
    return op.viewer;
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker who makes the request; null if it is no worker.',
  })
  worker(@Ctx() op: Operation) {
    return op.viewer.workerId === null ? null : directory.loadWorker(op, op.viewer.workerId);
  }

  @FieldResolver(() => [ViewerRoleIn], {
    description: 'The roles that the worker holds now; empty if it is no worker.',
  })
  memberships(@Ctx() op: Operation) {
    return op.viewer.memberships;
  }

  @FieldResolver(() => [String], {
    description:
      'The scopes of the token, by name; all of them are granted to its client. While the client is suspended, those that are left.',
  })
  scopes(@Ctx() op: Operation) {
    return [...op.viewer.scopes].sort();
  }
}

@Resolver(() => ViewerRoleIn)
export class ViewerRoleInResolver {
  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district in which the viewer holds it; null for a role in the whole county.',
  })
  district(@Ctx() op: Operation, @Root() membership: ViewerMembership) {
    return membership.districtId === null ? null : directory.loadDistrict(op, membership.districtId);
  }
}
