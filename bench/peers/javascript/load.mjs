// The JavaScript peers, made ready: what they need from a browser is given to them here, in this one place.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** jax-js with its WebAssembly back-end. Node 20 lacks two globals that it reads. */
export async function loadJaxJs() {
  if (globalThis.navigator === undefined) {
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  }
  globalThis.Float16Array ??= class extends Uint16Array {};
  const jax = await import("@jax-js/jax");
  await jax.init();
  jax.defaultDevice("wasm");
  return { jax, version: require("./node_modules/@jax-js/jax/package.json").version };
}

/** TensorFlow.js with its plain JavaScript back-end, without its advice to install another one. */
export async function loadTensorFlow() {
  const { log, warn } = console;
  console.log = console.warn = () => {};
  try {
    const tf = require("@tensorflow/tfjs");
    await tf.setBackend("cpu");
    return { tf, version: tf.version.tfjs };
  } finally {
    Object.assign(console, { log, warn });
  }
}
