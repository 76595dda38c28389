/** An equation: unknowns that add up to a figure, and how much it counts. */
export interface Equation {
  readonly unknowns: readonly number[];
  readonly sum: number;
  readonly weight: number;
}

/** Enough for figures that are told in whole numbers. */
const STEPS = 300;
const ENOUGH = 1e-6;

/** The unknowns that miss weighted equations by the least squares, by conjugate gradients on the normal equations. */
export function leastSquares(equations: readonly Equation[], unknowns: number): Float64Array {
  const normal = (x: Float64Array): Float64Array => {
    const product = new Float64Array(unknowns);
    for (const equation of equations) {
      let sum = 0;
      for (const at of equation.unknowns) sum += x[at] ?? 0;
      for (const at of equation.unknowns) product[at] = (product[at] ?? 0) + equation.weight * sum;
    }
    return product;
  };
  const solution = new Float64Array(unknowns);
  const rest = new Float64Array(unknowns);
  for (const { unknowns: all, sum, weight } of equations)
    for (const at of all) rest[at] = (rest[at] ?? 0) + weight * sum;
  let direction = Float64Array.from(rest);
  let size = dot(rest, rest);
  const first = size;
  for (let step = 0; step < STEPS && size > ENOUGH ** 2 * first; step += 1) {
    const product = normal(direction);
    const length = size / dot(direction, product);
    for (let at = 0; at < unknowns; at += 1) {
      solution[at] = (solution[at] ?? 0) + length * (direction[at] ?? 0);
      rest[at] = (rest[at] ?? 0) - length * (product[at] ?? 0);
    }
    const next = dot(rest, rest);
    direction = direction.map((one, at) => (rest[at] ?? 0) + (next / size) * one);
    size = next;
  }
  return solution;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
}
