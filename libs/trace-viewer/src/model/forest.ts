/**
 * A forest in depth-first order as plain arrays. All walks are loops with a stack of their own: a chain of 100,000 spans
 * must not exhaust the call stack.
 */
export interface Forest {
  /** The item at each depth-first position. */
  readonly order: Uint32Array;
  /** Per position: depth, size of the subtree (itself included), position of the parent (−1 for a root). */
  readonly depth: Uint32Array;
  readonly subtreeSize: Uint32Array;
  readonly parent: Int32Array;
  /** Per position: place among its siblings, from 1, and how many they are. */
  readonly positionInSet: Uint32Array;
  readonly setSize: Uint32Array;
}

/**
 * @param parents the parent's index of every item, −1 for none. Cycles are cut where `compare` puts an item first.
 * @param compare order of siblings, by index
 */
export function buildForest(parents: Int32Array, compare: (a: number, b: number) => number): Forest {
  const cut = cutCycles(parents, compare);
  const { roots, children } = groupChildren(cut, compare);
  return walk(cut.length, roots, children);
}

const UNSEEN = 0;
const ON_PATH = 1;
const DONE = 2;

function cutCycles(parents: Int32Array, compare: (a: number, b: number) => number): Int32Array {
  const result = parents.slice();
  const state = new Uint8Array(parents.length);
  for (let start = 0; start < parents.length; start++) {
    const path: number[] = [];
    let at = start;
    while (at >= 0 && state[at] === UNSEEN) {
      state[at] = ON_PATH;
      path.push(at);
      at = result[at] ?? -1;
    }
    if (at >= 0 && state[at] === ON_PATH) result[firstOf(path.slice(path.indexOf(at)), compare)] = -1;
    for (const index of path) state[index] = DONE;
  }
  return result;
}

function firstOf(indices: readonly number[], compare: (a: number, b: number) => number): number {
  return indices.reduce((first, index) => (compare(index, first) < 0 ? index : first));
}

function groupChildren(parents: Int32Array, compare: (a: number, b: number) => number) {
  const roots: number[] = [];
  const children = new Map<number, number[]>();
  parents.forEach((parent, index) => {
    const siblings = parent < 0 ? roots : children.get(parent);
    if (siblings) siblings.push(index);
    else children.set(parent, [index]);
  });
  for (const siblings of [roots, ...children.values()]) siblings.sort((a, b) => compare(a, b) || a - b);
  return { roots, children };
}

interface Visit {
  readonly item: number;
  readonly parent: number;
  readonly place: number;
  readonly siblings: number;
}

function walk(count: number, roots: readonly number[], children: ReadonlyMap<number, readonly number[]>): Forest {
  const forest = emptyForest(count);
  const stack = visitsOf(roots, -1);
  let position = 0;
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { item, parent, place, siblings } = visit;
    forest.order[position] = item;
    forest.parent[position] = parent;
    forest.depth[position] = parent < 0 ? 0 : (forest.depth[parent] ?? 0) + 1;
    forest.positionInSet[position] = place;
    forest.setSize[position] = siblings;
    for (const child of visitsOf(children.get(item) ?? [], position)) stack.push(child);
    position++;
  }
  measureSubtrees(forest);
  return forest;
}

/** Last sibling first, so that a stack gives them back in order. */
function visitsOf(items: readonly number[], parent: number): Visit[] {
  return items.map((item, index) => ({ item, parent, place: index + 1, siblings: items.length })).reverse();
}

function measureSubtrees(forest: Forest): void {
  forest.subtreeSize.fill(1);
  for (let position = forest.order.length - 1; position > 0; position--) {
    const parent = forest.parent[position] ?? -1;
    if (parent >= 0)
      forest.subtreeSize[parent] = (forest.subtreeSize[parent] ?? 1) + (forest.subtreeSize[position] ?? 1);
  }
}

function emptyForest(count: number): Forest {
  return {
    order: new Uint32Array(count),
    depth: new Uint32Array(count),
    subtreeSize: new Uint32Array(count),
    parent: new Int32Array(count),
    positionInSet: new Uint32Array(count),
    setSize: new Uint32Array(count),
  };
}
