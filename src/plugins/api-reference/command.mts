/** Writes the reference of the site in the folder of the first argument into that of the second: see `generate.ts`. */
import { generateReference } from "./generate";

const [siteDir = ".", outDir = ".generated/api"] = process.argv.slice(2);
const start = performance.now();
try {
  const pages = await generateReference(siteDir, outDir);
  console.log(`API reference: ${pages} pages in ${((performance.now() - start) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
