/** A `Date` whose present is `now()` (whole milliseconds); the same class to `instanceof`, subclasses and statics. */
export function createSimulatedDate(native: DateConstructor, now: () => number): DateConstructor {
  const simulated: DateConstructor = new Proxy(native, {
    construct(target, args: unknown[], newTarget) {
      const present = args.length === 0 ? [now()] : args;
      return Reflect.construct(target, present, newTarget === simulated ? target : newTarget);
    },
    apply: () => new native(now()).toString(),
  });
  return simulated;
}
