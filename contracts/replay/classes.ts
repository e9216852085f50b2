/** Fields that hold the same kind of value, such as the key of tasks and the `taskId` of their executions, joined into classes. */
export interface Classes {
  readonly join: (a: string, b: string) => void;
  /** The name of the class that a field belongs to; a field that was never joined is its own. */
  readonly of: (field: string) => string;
}

export function createClasses(): Classes {
  const parents = new Map<string, string>();
  function of(field: string): string {
    let root = field;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    for (let at = field; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  }
  return {
    of,
    join(a, b) {
      const [first, second] = [of(a), of(b)];
      if (first !== second) parents.set(second, first);
    },
  };
}
