import { Query, Resolver } from 'type-graphql';
import { PolicyMatrix } from './policy-matrix.type.js';

/** What a schema that nobody guards, printed or compared, has to say of its policies. */
export const NO_MATRIX: PolicyMatrix = { standpoints: [], types: [], actions: [] };

@Resolver(() => PolicyMatrix)
export class PolicyMatrixResolver {
  @Query(() => PolicyMatrix, {
    description: 'Who sees what, who does what, and why: observed in a running county, and public.',
  })
  policyMatrix(): PolicyMatrix {
    return NO_MATRIX;
  }
}
