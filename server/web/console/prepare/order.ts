/** Pure moves within an agenda of two levels. An order is the whole agenda; a top item carries its sub-items along. */

export interface Place {
  readonly id: number;
  readonly parent_id: number | null;
}

interface Block {
  readonly id: number;
  readonly below: readonly number[];
}

/** Where something is dropped: beside the target on its level, or below it as its last sub-item. */
export type Drop = "before" | "after" | "into";

function blocks(order: readonly Place[]): readonly Block[] {
  return order
    .filter((place) => place.parent_id === null)
    .map((place) => ({
      id: place.id,
      below: order.filter((one) => one.parent_id === place.id).map((one) => one.id),
    }));
}

function flat(tree: readonly Block[]): readonly Place[] {
  return tree.flatMap((block) => [
    { id: block.id, parent_id: null },
    ...block.below.map((id) => ({ id, parent_id: block.id })),
  ]);
}

function swapped<T>(list: readonly T[], at: number, to: number): readonly T[] {
  const copy = [...list];
  const [one] = copy.splice(at, 1);
  if (one !== undefined) copy.splice(to, 0, one);
  return copy;
}

const replaced = (tree: readonly Block[], at: number, below: readonly number[]) =>
  tree.map((block, index) => (index === at ? { ...block, below } : block));

/** One place up (`step` -1) or down (+1). A sub-item at the end of its block goes on into the neighbouring one. */
export function shift(order: readonly Place[], id: number, step: 1 | -1): readonly Place[] {
  const tree = blocks(order);
  const top = tree.findIndex((block) => block.id === id);
  if (top !== -1) {
    const to = top + step;
    return to < 0 || to >= tree.length ? order : flat(swapped(tree, top, to));
  }
  const parent = tree.findIndex((block) => block.below.includes(id));
  const block = tree[parent];
  if (block === undefined) return order;
  const at = block.below.indexOf(id);
  const to = at + step;
  if (to >= 0 && to < block.below.length) return flat(replaced(tree, parent, swapped(block.below, at, to)));
  const other = tree[parent + step];
  if (other === undefined) return order;
  const left = replaced(
    tree,
    parent,
    block.below.filter((one) => one !== id),
  );
  return flat(replaced(left, parent + step, step === 1 ? [id, ...other.below] : [...other.below, id]));
}

/** Make a top item the last sub-item of the one above. Not possible for the first, or for one with sub-items. */
export function indent(order: readonly Place[], id: number): readonly Place[] {
  const tree = blocks(order);
  const at = tree.findIndex((block) => block.id === id);
  const above = tree[at - 1];
  if (at < 1 || above === undefined || (tree[at]?.below.length ?? 0) > 0) return order;
  return flat(replaced(tree, at - 1, [...above.below, id]).filter((block) => block.id !== id));
}

/** Make a sub-item a top item just after its former parent. */
export function outdent(order: readonly Place[], id: number): readonly Place[] {
  const tree = blocks(order);
  const at = tree.findIndex((block) => block.below.includes(id));
  const block = tree[at];
  if (block === undefined) return order;
  const left = replaced(
    tree,
    at,
    block.below.filter((one) => one !== id),
  );
  return flat([...left.slice(0, at + 1), { id, below: [] }, ...left.slice(at + 1)]);
}

/** Put `id` before, after or into `target`. What is not possible (into itself, a block into a block) changes nothing. */
export function drop(order: readonly Place[], id: number, target: number, where: Drop): readonly Place[] {
  if (id === target) return order;
  const tree = blocks(order);
  const moved = tree.find((block) => block.id === id) ?? { id, below: [] };
  const rest = tree
    .filter((block) => block.id !== id)
    .map((block) => ({ ...block, below: block.below.filter((one) => one !== id) }));
  const top = rest.findIndex((block) => block.id === target);
  if (top !== -1 && where !== "into") {
    const at = where === "before" ? top : top + 1;
    return flat([...rest.slice(0, at), moved, ...rest.slice(at)]);
  }
  const parent = top !== -1 ? top : rest.findIndex((block) => block.below.includes(target));
  const block = rest[parent];
  if (block === undefined || moved.below.length > 0) return order;
  const at = top !== -1 ? block.below.length : block.below.indexOf(target) + (where === "before" ? 0 : 1);
  return flat(replaced(rest, parent, [...block.below.slice(0, at), id, ...block.below.slice(at)]));
}
