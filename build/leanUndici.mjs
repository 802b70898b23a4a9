// undici's front door brings fetch, WebSocket, caches, mocks and its HTTP parser twice: 310 kB for two classes.
import { createRequire } from "node:module";
import { brotliCompressSync } from "node:zlib";

const require = createRequire(import.meta.url);

/** What we use of it, as its own front door exports it. */
const CLASSES = `
const Dispatcher = require("./dispatcher/dispatcher.js");
Object.assign(Dispatcher.prototype, require("./api/index.js"));
exports.Agent = require("./dispatcher/agent.js");
exports.Client = require("./dispatcher/client.js");
`;

/**
 * The parser's module, 9 kB smaller in the package: base64 hides from its compression what repeats in the WebAssembly.
 * @param file undici's own module, whose export is a Buffer
 */
function packedParser(file) {
  const packed = brotliCompressSync(require(file)).toString("base64");
  return `module.exports = require("node:zlib").brotliDecompressSync(Buffer.from("${packed}", "base64"));`;
}

/** An esbuild plugin. */
export const leanUndici = {
  name: "lean-undici",
  setup(build) {
    const lib = require.resolve("undici").replace(/index\.js$/, "lib");
    build.onResolve({ filter: /^undici$/ }, () => ({ path: "undici", namespace: "lean" }));
    build.onLoad({ filter: /^undici$/, namespace: "lean" }, () => ({ contents: CLASSES, resolveDir: lib }));
    // The same parser for processors without SIMD instructions runs everywhere.
    build.onResolve({ filter: /llhttp_simd-wasm/ }, () => ({ path: `${lib}/llhttp/llhttp-wasm.js` }));
    build.onLoad({ filter: /llhttp-wasm\.js$/ }, ({ path }) => ({ contents: packedParser(path) }));
    // Forms, blobs and streams, where we send texts; HTTP/2, which our connections do not offer.
    build.onLoad(
      { filter: /[\\/]undici[\\/]lib[\\/](web[\\/]fetch[\\/]body|dispatcher[\\/]client-h2)\.js$/ },
      () => ({
        contents: "",
      }),
    );
  },
};
