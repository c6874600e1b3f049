import vm from "node:vm";
import ts from "typescript";
import { test } from "vitest";
import { lower } from "./lower";
import { PROGRAMS } from "./programs.fixture";
test("fuzz", () => {
  let seed = Number(process.env.SEED ?? 1); const rnd = (n: number) => { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n); };
  const all = Object.values(PROGRAMS).flatMap((p) => p.match(/\s+|[\w$]+|=>|\?\?=|\*\*|\.\.\.|\?\.|./g) ?? []);
  const out: Record<string, string[]> = {}; let ok = 0, bad = 0; let slow = 0;
  const end = Date.now() + 90000;
  while (Date.now() < end) {
    const p = Object.values(PROGRAMS)[rnd(Object.keys(PROGRAMS).length)]!;
    const toks = p.match(/\s+|[\w$]+|=>|\?\?=|\*\*|\.\.\.|\?\.|./g) ?? [];
    const start = rnd(toks.length), t = rnd(2) ? [...toks] : toks.slice(start, start + 30);
    for (let i = 0, n = 1 + rnd(2); i < n; i++) { const at = rnd(t.length); const k = rnd(3); if (k === 0) t.splice(at, 1); else if (k === 1) t.splice(at, 0, " ", all[rnd(all.length)]!, " "); else t[at] = all[rnd(all.length)]!; }
    const src = t.join("");
    const a = performance.now();
    const r = lower(ts, "main.ts", src, { entry: true }); slow = Math.max(slow, performance.now() - a);
    if (!r.ok) { bad++; if (r.problems[0]?.message.startsWith("The compiler")) (out[r.problems[0].message] ??= []).push(src); continue; }
    ok++;
    try { new vm.Script(`(function(require,module,exports){${r.file.code}\n})`); } catch (e) {
      const prog = ts.createProgram({ rootNames: ["m.ts"], options: { noLib: true, noResolve: true, target: 3, module: 1, moduleDetection: 3, isolatedModules: true }, host: { ...ts.createCompilerHost({}), getSourceFile: (n: string, v: any) => n === "m.ts" ? ts.createSourceFile(n, src, v, true) : undefined } });
      const codes = [...new Set(prog.getSemanticDiagnostics().map((d) => `${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`))].filter((c) => !/Cannot find name|TS1378|implicitly|^2304|^2583|^2318|^2584|^1378|^2307|^2792|^1432|^2354/.test(c));
      (out[`${(e as Error).message}`] ??= []).push(src.slice(0, 300) + "   ##### " + codes.join(" | "));
    }
  }
  console.log(ok, bad, "slowest", slow);
  for (const [k, v] of Object.entries(out)) console.log("==", k, v.length, "\n", v.slice(0, 3).join("\n ---\n"));
}, 200000);
