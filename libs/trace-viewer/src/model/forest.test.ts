import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildForest } from "./forest";

const byIndex = (a: number, b: number) => a - b;
const parents = (...values: number[]) => Int32Array.from(values);

/** Parent pointers of any kind: roots, chains, cycles, pointers at oneself. */
const anyParents = fc
  .nat({ max: 60 })
  .chain((count) =>
    fc.array(fc.integer({ min: -1, max: Math.max(-1, count - 1) }), { minLength: count, maxLength: count }),
  );

describe("buildForest", () => {
  it("walks depth first, siblings in order", () => {
    const forest = buildForest(parents(-1, 0, 0, 1, -1), byIndex);
    expect([...forest.order]).toEqual([0, 1, 3, 2, 4]);
    expect([...forest.depth]).toEqual([0, 1, 2, 1, 0]);
    expect([...forest.subtreeSize]).toEqual([4, 2, 1, 1, 1]);
    expect([...forest.parent]).toEqual([-1, 0, 1, 0, -1]);
    expect([...forest.positionInSet]).toEqual([1, 1, 1, 2, 2]);
    expect([...forest.setSize]).toEqual([2, 2, 1, 2, 2]);
  });

  it("cuts a cycle at its first item and leaves what hangs on it", () => {
    const forest = buildForest(parents(2, 0, 1, 1), byIndex);
    expect([...forest.order]).toEqual([0, 1, 2, 3]);
    expect([...forest.depth]).toEqual([0, 1, 2, 2]);
  });

  it("makes an item that is its own parent a root", () => {
    expect([...buildForest(parents(0, 0), byIndex).depth]).toEqual([0, 1]);
  });

  it("visits each item exactly once, whatever the pointers", () => {
    fc.assert(
      fc.property(anyParents, (values) => {
        const { order } = buildForest(Int32Array.from(values), byIndex);
        expect([...order].sort(byIndex)).toEqual(values.map((_, index) => index));
      }),
    );
  });

  it("keeps every parent that is not in a cycle, before its children and around them", () => {
    fc.assert(
      fc.property(anyParents, (values) => {
        const forest = buildForest(Int32Array.from(values), byIndex);
        forest.order.forEach((item, position) => {
          const parent = forest.parent[position] ?? -1;
          if (parent < 0) {
            expect(values[item] === -1 || reaches(values, item)).toBe(true);
          } else {
            expect(forest.order[parent]).toBe(values[item]);
            expect(position).toBeLessThan(parent + (forest.subtreeSize[parent] ?? 0));
          }
        });
      }),
    );
  });

  it("takes a chain of 200,000 items without recursion", () => {
    const chain = Int32Array.from({ length: 200_000 }, (_, index) => index - 1);
    const forest = buildForest(chain, byIndex);
    expect(forest.depth.at(-1)).toBe(199_999);
    expect(forest.subtreeSize[0]).toBe(200_000);
  });
});

/** Whether following parents from an item leads back to it. */
function reaches(values: readonly number[], item: number): boolean {
  let at = values[item] ?? -1;
  for (let steps = 0; at >= 0 && steps <= values.length; steps++) {
    if (at === item) return true;
    at = values[at] ?? -1;
  }
  return false;
}
