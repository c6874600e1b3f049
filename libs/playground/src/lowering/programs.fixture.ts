/** Programs whose output must be the same lowered as under a native module loader. `log` records a line. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  "await in arguments and defaults": `
    async function add(a: number, b = a + 1) { const x = await Promise.resolve(a); return x + b }
    log(await add(1), await add(await add(2, 3)))`,
  "async arrows": `
    const next = async (x: number) => (await x) + 1;
    const box = async (x: unknown) => ({ v: await x });
    const later = async () =>
      await 5;
    log(await next(2), (await box(3)).v, await later())`,
  "lexical this": `
    class A { v = 1; async m() { const f = async () => { await 0; return this.v }; return f() } arrow = async () => this.v + (await 1) }
    const a = new A(); log(await a.m(), await a.arrow.call(null))`,
  "lexical arguments": `
    async function f() { await 0; return arguments.length }
    function g(..._: unknown[]) { return (async () => { await 0; return arguments.length })() }
    log(await (f as any)(1, 2, 3), await g(1, 2))`,
  "this at the top of a module": `log(typeof this, await (async () => typeof this)())`,
  "object methods": `
    const o = { async m(x: unknown) { return await x }, async *g() { yield await 1; yield 2 }, async "q r"() { return 9 }, async [1 + 1]() { return 8 } };
    log(await o.m(4), await o["q r"](), await o[2]()); for await (const v of o.g()) log(v)`,
  "static and private methods": `
    class A { static async s() { return await 3 } static async *gs() { yield 1 } async #p() { return 7 } q() { return this.#p() } }
    log(await A.s(), await new A().q()); for await (const x of A.gs()) log(x)`,
  "super in async methods": `
    class A { async m(x: any) { return "A" + x } get n() { return 5 } }
    class B extends A { override async m(x: any) { const r = await super.m(x); const f = async () => (await super.m(x + 1)) + super.n; return r + "B" + (await f()) } }
    log(await new B().m(1))`,
  "class fields and statics": `
    const order: string[] = []; const note = (x: string) => (order.push(x), x);
    class P { constructor() { note("parent") } }
    class A extends P { [note("key")] = note("field"); static s = note("static"); static { note("block " + this.s) } declare d: string; u: string | undefined; }
    const a = new A(); log(order.join(), Object.keys(a).join())`,
  "fields are defined, not assigned": `
    class P { set x(_v: number) { log("setter") } } class A extends P { x = 1 }
    log(new A().x)`,
  "private names": `
    class C { #n = 0; static #count = 0; #inc() { return ++this.#n } get #double() { return this.#n * 2 } static has(o: object) { return #n in o }
      run() { C.#count++; this.#inc(); this.#n += 2; return [this.#n, this.#double, C.#count] } }
    log(new C().run().join(), C.has(new C()), C.has({}))`,
  accessors: `
    class A { accessor v = 1; get p() { return (async () => { await 0; return "p" })() } }
    const a = new A(); a.v++; log(a.v, await a.p)`,
  "parameter properties and abstract classes": `
    abstract class P { constructor(protected readonly q: number) {} abstract get(): Promise<number> }
    class Q extends P { async get() { return this.q } } log(await new Q(2).get())`,
  enums: `
    enum E { A, B = 5, C, D = "x" } const enum K { Z = 3 } enum E { F = 9 }
    log(E.A, E[5], E.C, E.D, K.Z, E.F)`,
  namespaces: `
    namespace N { export const z = 1; export namespace M { export const y = z + 1 } } namespace N { export const w = z + 2 }
    function f() { return 1 } namespace f { export const tag = "t" }
    import y = N.M.y; log(N.z, y, N.w, f(), f.tag)`,
  "types leave nothing behind": `
    type T<X> = X extends string ? 1 : 2; interface I { a: T<"x"> } declare const ghost: number; declare function gone(): void; declare module "none" {}
    const v = { a: 1 } satisfies I as I; log(v!.a, <number>v.a, (v as unknown as { b?: number }).b ?? "none")`,
  overloads: `
    export function f(a: string): string; export function f(a: number): number; export function f(a: any) { return a } log(f("a"), f(1))`,
  decorators: `
    const seen: string[] = [];
    function logged(value: any, context: any) { seen.push(context.kind + ":" + String(context.name)); return context.kind === "method" ? function (this: any, ...a: any[]) { return "<" + value.apply(this, a) + ">" } : undefined }
    function start(_: undefined, context: any) { return (v: number) => v + 10 }
    @logged class A { @start x = 1; @logged m(a: string) { return a + this.x } @logged static async s() { return 1 } }
    log(new A().m("m"), seen.join())`,
  "hoisted functions": `
    log(early(), await earlyAsync()); function early() { return typeof late } async function earlyAsync() { return 2 } var late = 1; export function exported() {} log(typeof exported)`,
  "exports are plain names in their own file": `
    export let n = 1; export const [a, { b }] = [2, { b: 3 }]; n++; n += a; export { n as m }; export default class Named { static v = n } export type { Named as T };
    log(n, a, b, Named.v)`,
  "anonymous default exports": `export default function () { return 1 } log("after")`,
  "anonymous default class": `log("before"); export default class { static x = log("static") }`,
  "default expression": `const f = () => { log("evaluated"); return 1 }; export default f()`,
  "imports are hoisted": `
    log(typeof join, basename("/a/b")); import { join, basename } from "node:path"; import * as path from "node:path"; import def, { type ParsedPath } from "node:path";
    import type { Stats } from "node:fs"; log(path.join("a", "b"), typeof def.join, await (async (): Promise<ParsedPath | Stats | string> => "typed")())`,
  "live bindings of shadowed imports": `
    import { join } from "node:path"; function f(join: (s: string) => string) { return join("x") } log(f((s) => s + "!"), join("a"))`,
  "imports in multiple lines with comments": `
    import { // first
      join, /* second */ sep,
    } from "node:path"; // after
    log(join("a", sep))`,
  "dynamic import": `
    const { join } = await import("node:path"); const name = "node:url"; log(join("a"), typeof (await import(name)).URL, typeof (await import("node:path")).default.join)
    await import("node:nothing-like-this").catch((error) => log(error instanceof Error))`,
  "re-exports run": `export * from "node:path"; export { join as j } from "node:path"; log("ran")`,
  "throw inside async functions": `
    async function f() { throw new Error("x") } try { await f() } catch (e) { log((e as Error).message) }
    const g = async (a = (() => { throw new Error("d") })()) => a; await g().catch((e) => log(e.message))`,
  "uncaught rejection": `log("before"); await Promise.reject(new TypeError("out")); log("never")`,
  "uncaught throw": `log("before"); null!.x`,
  "try, catch, finally": `
    async function f() { try { await Promise.reject(new Error("r")) } catch (e: any) { log("c", e.message); return 1 } finally { await 0; log("f") } }
    log(await f()); async function g() { for (const i of [1, 2]) { try { await 0; if (i === 1) continue; return i } finally { await 0; log("fin", i) } } } log(await g())`,
  "for await and early exits": `
    const source = async function* () { try { yield 1; yield 2; yield 3 } finally { await 0; log("closed") } };
    for await (const x of source()) { if (x === 2) break; log(x) }
    const first = async () => { for await (const x of source()) return x }; log(await first());
    try { for await (const x of source()) throw new Error("body" + x) } catch (e: any) { log(e.message) }
    for await (const y of [Promise.resolve(1), 2]) log(y)`,
  "labels around for await": `
    outer: for (const a of [1, 2]) { for await (const b of [1, 2]) { if (b === 2) continue outer; log(a, b) } }
    lab: for await (const c of [1, 2, 3]) { for (;;) { if (c === 2) break lab; log(c); continue lab } }`,
  "for await targets and closures": `
    const fs: (() => number)[] = []; for await (const x of [1, 2]) fs.push(() => x); log(fs.map((f) => f()).join());
    let y; for await (y of [3]) log(y); const q: any = {}; for await (q.z of [4]) log(q.z); for await (const { a: [b] } of [{ a: [5] }]) log(b)`,
  "for await over a rejecting iterator": `
    try { for await (const x of [1, Promise.reject(new Error("z"))]) log(x) } catch (e: any) { log(e.message) }
    const bad = { [Symbol.asyncIterator]: () => ({ next: () => { throw new Error("next") }, return() { log("never closed"); return {} } }) };
    try { for await (const _ of bad as any); } catch (e: any) { log(e.message) }
    try { for await (const _ of 5 as any); } catch (e: any) { log(e.name) }`,
  "closing a for await may fail": `
    const it = (ret: any) => ({ [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false }), return: ret }) });
    try { for await (const _ of it(async () => { throw new Error("close") }) as any) break } catch (e: any) { log(e.message) }
    try { for await (const _ of it(async () => { throw new Error("hidden") }) as any) throw new Error("body") } catch (e: any) { log(e.message) }`,
  "protocol of async generators": `
    async function* g(): any { const x = yield 1; log("got", x); try { yield* inner() } finally { log("fin") } return 9 }
    async function* inner() { yield 2; yield await Promise.resolve(3) }
    const it = g(); log((await it.next()).value, (await it.next("in")).value, (await it.next()).value); log(JSON.stringify(await it.return(4)), JSON.stringify(await it.next()))`,
  "throw into async generators": `
    async function* g() { try { yield 1 } catch (e) { log("in", e); yield 2 } } const it = g(); await it.next(); log((await it.throw("E")).value, (await it.next()).done);
    async function* h() { throw new Error("hh") } try { for await (const _ of h()); } catch (e: any) { log(e.message) }
    const fresh = g(); await fresh.throw(new Error("early")).catch((e: any) => log(e.message)); log(JSON.stringify(await fresh.next()))`,
  "return of async generators": `
    async function* g() { try { yield 1; log("never") } finally { log("cleanup"); await 0; log("cleaned") } }
    const fresh = g(); log(JSON.stringify(await fresh.return(7 as never)), JSON.stringify(await fresh.next()));
    const it = g(); await it.next(); log(JSON.stringify(await it.return(Promise.resolve(8) as never)));
    const r = g(); await r.next(); await r.return(Promise.reject(new Error("given")) as never).catch((e) => log("rejected", e.message)); log(JSON.stringify(await r.next()));
    await g().return(Promise.reject(new Error("unstarted")) as never).catch((e) => log(e.message));
    async function* keeps() { try { yield 1 } finally { return 5 } } const k = keeps(); await k.next(); log(JSON.stringify(await k.return(6 as never)));
    async function* goesOn() { try { yield 1 } finally { yield 2; log("resumed") } } const o = goesOn(); await o.next(); log(JSON.stringify(await o.return(6 as never)), JSON.stringify(await o.next()))`,
  "yield star is closed through": `
    async function* inner() { try { yield 1; yield 2 } finally { await 0; log("inner closed") } }
    async function* outer() { try { yield* inner(); log("must not go on") } finally { log("outer closed") } }
    for await (const x of outer()) { log(x); break }
    const it = outer(); await it.next(); log(JSON.stringify(await it.return("r" as never)), JSON.stringify(await it.next()));
    async function* stubborn() { try { yield 1 } finally { yield "still here" } } async function* around(): any { yield* stubborn(); log("after stubborn") }
    const s = around(); await s.next(); log(JSON.stringify(await s.return("x")), JSON.stringify(await s.next()), JSON.stringify(await s.next()))`,
  "yield star and throw": `
    async function* inner(): any { try { yield 1 } catch (e) { yield "caught " + e } } async function* outer(): any { return yield* inner() }
    const it = outer(); await it.next(); log((await it.throw("T")).value, JSON.stringify(await it.next()));
    const mute = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false }), return: async () => (log("closed instead"), {}) }) };
    async function* over(): any { try { yield* mute as any } catch (e: any) { log(e.name); yield "recovered" } } const o = over(); await o.next(); log((await o.throw(new Error("x"))).value);
    async function* failing() { yield 1; throw new Error("inner failed") } async function* watching(): any { try { yield* failing() } catch (e: any) { yield e.message } } const seen: any[] = []; for await (const x of watching()) seen.push(x); log(seen.join())`,
  "yield star over everything": `
    async function* all(): any { const r = yield* (function* (): any { const got = yield 1; return "ret " + got })(); yield r; yield* [Promise.resolve("p"), "q"]; yield* "ab"; yield* new Map([[1, 2]]) as any; yield* new ReadableStream({ start(c) { c.enqueue("chunk"); c.close() } }) as any }
    const it = all(); log((await it.next()).value); log((await it.next("sent")).value); for await (const x of it) log(String(x));
    async function* no(): any { yield* 5 as any } await no().next().catch((e: any) => log(e.name));
    async function* bad(): any { yield* { [Symbol.asyncIterator]: () => ({ next: async () => 1 }) } as any } await bad().next().catch((e: any) => log(e.name))`,
  "queued requests": `
    async function* g() { log("start"); const a = yield 1; log("a", a); await 0; const b = yield 2; log("b", b); return 3 }
    const it = g(); const results = await Promise.all([it.next(), it.next("A" as any), it.next("B" as any), it.next(), it.return(9 as never)]); log(JSON.stringify(results));
    const jt = g(); log(JSON.stringify(await Promise.allSettled([jt.next(), jt.return(Promise.resolve(5) as never), jt.next(), jt.throw(new Error("late"))]), (_k, v) => v instanceof Error ? v.message : v))`,
  "yield of promises": `
    async function* g() { yield Promise.resolve("unwrapped"); try { yield Promise.reject(new Error("thrown here")) } catch (e: any) { log(e.message); return Promise.resolve("returned") } }
    const it = g(); log((await it.next()).value, JSON.stringify(await it.next()))`,
  "what generators look like": `
    async function* g() { yield 1 } const it = g(); log(String(it), it[Symbol.asyncIterator]() === it, typeof it.next, typeof it.return, typeof it.throw, Object.keys(it).length)`,
  "errors of default parameters in generators are immediate": `
    async function* g(a = (() => { throw new Error("default") })()) { yield a } try { g() } catch (e: any) { log(e.message) }`,
  "order of the first part": `const f = async () => { log("a"); await 0; log("c") }; const p = f(); log("b"); await p`,
  "order of microtasks": `
    const trace = (name: string) => async (ticks: number) => { for (let i = 0; i < ticks; i++) { await null; log(name, i) } };
    await Promise.all([trace("x")(3), trace("y")(2), Promise.resolve().then(() => log("then 1")).then(() => log("then 2")), (async () => { queueMicrotask(() => log("microtask")); await undefined; log("z") })()])`,
  "order of returned promises": `
    const direct = async () => 1; const wrapped = async () => Promise.resolve(1); const awaited = async () => await Promise.resolve(1);
    const done = (name: string) => () => log(name); await Promise.all([wrapped().then(done("wrapped")), awaited().then(done("awaited")), direct().then(done("direct"))])`,
  "order of async generators": `
    async function* g(name: string) { for (let i = 0; i < 2; i++) yield name + i } const drain = async (name: string) => { for await (const x of g(name)) log(x) }; await Promise.all([drain("p"), drain("q")])`,
  thenables: `
    log(await { then(r: (v: number) => void) { r(5) } } as any); const f = async () => ({ then(r: (v: number) => void) { r(6) } }); log(await f());
    await (async () => { await { then(_: unknown, bad: (e: Error) => void) { bad(new Error("no")) } } })().catch((e) => log(e.message));
    await (async () => { await { then() { throw new Error("threw") } } })().catch((e) => log(e.message));
    await (async () => { await { get then() { throw new Error("getter") } } })().catch((e) => log(e.message));
    log(await { then: 1 } && "plain"); log((await { then(r: any, b: any) { r("first"); b("second"); throw new Error("third") } } as any))`,
  "destructuring and rest": `
    const f = async ({ a, b: [c = 5] = [] }: any, ...r: any[]) => [a, c, r.length, await a].join(); const { x, ...others } = { x: 1, y: 2, z: 3 };
    log(await f({ a: 1 }, 2, 3), x, JSON.stringify(others), f.length)`,
  "operators around await": `
    const o: any = { async m() { return { p: 1 } } }; log((await o.m())?.p, (await o.z?.())?.p ?? "none"); log(!(await false), typeof (await 1), void (await 1), (await 2) ** 3);
    let v: any = null; v ??= await 7; v &&= (await 1) + v; log(v, [await 1, ...(await [2, 3])].join(), { ...(await { k: 1 }) }.k, \`\${await "t"}\`)`,
  "await in control flow": `
    async function f(c: boolean) { if (c) await 1; else await 2; while (await false) await 3; do await 0; while (false); for (let i = await 0; i < (await 2); i++) await i; return c ? await "y" : await "n" }
    log(await f(true), await f(false)); switch (await 1) { case await 1: log("one"); case 2: await 0; log("two"); break; default: log("no") }`,
  "closures in loops": `
    const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) { await 0; fs.push(() => i) } log(fs.map((f) => f()).join())`,
  "semicolons left out": `let x = 1\nasync function f() {\n  const a = [x]\n  await 0\n  await a\n  ;[1].forEach(() => {})\n  await (async () => { x++ })()\n  return x\n}\nlog(await f())`,
  "names that are keywords elsewhere": `const async = 1, o = { async, await: 2, async async() { return 3 } }; log(async, o.async.name, o.await); const of = 1, type = 2, as = 3, from = 4; log(of + type + as + from)`,
  "strings and comments about await": `const f = async /* c */ (x: unknown /* y */) /* z */ => /* w */ await /* v */ x; log(await f(1)) // await async\nconst s = "await async function"; log(s, "async x".replace(/await|async/g, "X"))`,
  "names of functions": `const f = async () => 1; class A { async m() {} static async s() {} } log(f.name, new A().m.name, A.s.name, (async function named() {}).name, new A().m.length)`,
  recursion: `log(await (async function fact(n: number): Promise<number> { return n ? n * await fact(n - 1) : 1 })(5))`,
  "constructors that start something": `function F(this: any) { const target = new.target; this.p = (async () => { await 0; return this instanceof F && target === F })() } log(await new (F as any)().p)`,
  "tagged templates and bigint": `const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.join("|") + v.join(); log(tag\`a\${await 1}\\n\${2}b\`, 2n ** 64n, 1_000)`,
  "using closes": `
    { using r = { [Symbol.dispose]() { log("disposed") } }; log("in", typeof r) }
    { await using r = { async [Symbol.asyncDispose]() { await 0; log("async disposed") } }; log("in", typeof r) } log("out")`,
  "strict mode": `"use strict"; log((function (this: unknown) { return this })() === undefined); try { (undeclared as any) = 1 } catch (e: any) { log(e.name) } declare let undeclared: any`,
  "modern library": `log([1, [2, [3]]].flat(2).join(), "x".at(-1), Object.fromEntries([["a", 1]]).a, structuredClone(new Map([[1, 2]])).get(1), await Promise.any([Promise.reject(1), 2]))`,
  "carriage returns": `log("a")\r\nawait 0\r\n// comment\r\nlog(\`two\r\nlines\`.length)\r\n`,
  "an empty file": ``,
  "only a comment": `// nothing`,
  "a generator, not async": `function* g(): any { const x = yield 1; try { yield x } finally { log("fin") } } const it = g(); it.next(); log(it.next(5).value); for (const _ of it) break; it.return(0); log([...(function* () { yield* [1, 2] })()].join())`,
};
