// Bundles the page and the worker of elex-offline.html with esbuild: node bundle.mjs NODE_MODULES DIST FOLDER
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [modules, dist, folder] = process.argv.slice(2);
const { build } = await import(pathToFileURL(join(modules, "esbuild", "lib", "main.js")).href);
const OFFLINE = join(dirname(fileURLToPath(import.meta.url)), "offline");
/** Where the modules believe to lie; nothing is ever asked there. */
const ORIGIN = "https://elex.invalid/";
/** Per bundle: its form, and for modules of dist/ that need a server those of offline/ that stand in for them. */
const BUNDLES = {
  page: { format: "esm", standIns: { "elex.js": "elex.js", "ui/frame/updates.js": "updates.js" } },
  worker: { format: "iife", standIns: {} }, // from disk only classic workers start
};

for (const [entry, { format, standIns }] of Object.entries(BUNDLES)) {
  const waiting = new Set(Object.keys(standIns));
  await build({
    entryPoints: [join(OFFLINE, `${entry}.js`)],
    outdir: folder,
    bundle: true,
    format,
    target: "es2024",
    charset: "utf8",
    logLevel: "error", // it warns of what Pyodide holds
    define: {
      "import.meta.url": JSON.stringify(`${ORIGIN}${entry}.js`),
      "self.location.href": JSON.stringify(`${ORIGIN}${entry}.js`),
    },
    external: ["node:*", "ws"], // what Pyodide asks for under Node only
    plugins: [
      {
        name: "dist",
        setup({ onResolve }) {
          onResolve({ filter: /^dist\// }, ({ path }) => ({ path: join(dist, path.slice("dist/".length)) }));
          onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
            const name = relative(dist, resolve(resolveDir, path));
            waiting.delete(name);
            return name in standIns ? { path: join(OFFLINE, standIns[name]) } : undefined;
          });
        },
      },
    ],
  }).catch(() => process.exit(1)); // esbuild has said why
  if (waiting.size) throw new Error(`Nothing imports ${[...waiting].join(", ")}, which elex-offline.html replaces`);
}
