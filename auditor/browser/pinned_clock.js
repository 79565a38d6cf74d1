// BEGINS is replaced by milliseconds. Only Date is moved: a library that fakes the clock replaces timers and
// animation frames too, and would change what is timed.
(() => {
  const Real = Date, shift = BEGINS - Real.now(), now = () => Real.now() + shift;
  const moved = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, given, as) => Reflect.construct(target, given.length ? given : [now()], as),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
  Real.prototype.constructor = moved;
  globalThis.Date = moved;
})();
