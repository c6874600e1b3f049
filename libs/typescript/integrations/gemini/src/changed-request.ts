/** The caller's request with another `config`. Neither object of the caller is changed. */
export function withConfig(request: object, changes: object): object {
  const { config } = request as { config?: object };
  return copyWith(request, { config: config ? copyWith(config, changes) : changes });
}

/** A copy that also has what `source` has from its class. */
function copyWith(source: object, changes: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(source)), source, changes);
}
