import { sharedMemory } from "./memory.js";

/** Do the kernels of a module run, and if not, why? */
export type ModuleState =
  | { readonly status: "ready" }
  | { readonly status: "compiling" }
  | { readonly status: "unavailable"; readonly reason: string };

/** A module of kernels that is compiled when it is first asked for. */
export interface KernelModule<Exports> {
  /** The kernels, or undefined where the plain ones have to do. */
  readonly kernels: () => Exports | undefined;
  readonly state: () => ModuleState;
}

/** `hex` is the module's code; it imports the shared memory, and kernels of `products`, if they are given. */
export function kernelModule<Exports>(hex: string, products?: KernelModule<object>): KernelModule<Exports> {
  let exports: Exports | undefined;
  let state: ModuleState | undefined;

  const instantiate = (module: WebAssembly.Module): void => {
    const instance = new WebAssembly.Instance(module, {
      env: { memory: sharedMemory().memory },
      products: { ...products?.kernels() },
    });
    exports = instance.exports as unknown as Exports;
    state = { status: "ready" };
  };
  const refuse = (error: unknown): void => {
    state = { status: "unavailable", reason: String(error) };
  };
  const compile = (): void => {
    // Until those are there, if ever, this module is in their state.
    if (products !== undefined && products.kernels() === undefined) return;
    if (typeof WebAssembly === "undefined") {
      refuse("there is no WebAssembly here");
      return;
    }
    const code = Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
      parseInt(hex.slice(2 * i, 2 * i + 2), 16),
    );
    try {
      instantiate(new WebAssembly.Module(code));
    } catch (error) {
      // A page's main thread may refuse to compile more than a few kB at once (a RangeError): then it is done beside, and
      // plain kernels, which give the same bits, serve until then. Anything else (no SIMD, a policy) will not change.
      if (!(error instanceof RangeError)) {
        refuse(error);
        return;
      }
      state = { status: "compiling" };
      WebAssembly.compile(code).then(instantiate).catch(refuse);
    }
  };

  return {
    kernels: () => {
      if (state === undefined) compile();
      return exports;
    },
    state: () => {
      if (state === undefined) compile();
      return state ?? products!.state();
    },
  };
}
