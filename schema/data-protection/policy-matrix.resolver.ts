import { Query, Resolver } from 'type-graphql';
import { PolicyMatrix } from './policy-matrix.type.js';

/** An empty matrix, for a schema without policies that is only printed or compared. */
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
