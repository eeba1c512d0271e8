import { jest } from "@jest/globals";

/** How many modules of WebAssembly were compiled while the body ran. */
export function compiledModules(body: () => void): number {
  const { Module } = WebAssembly;
  const spy = jest.spyOn(WebAssembly, "Module").mockImplementation((code) => new Module(code));
  try {
    body();
    return spy.mock.calls.length;
  } finally {
    spy.mockRestore();
  }
}
