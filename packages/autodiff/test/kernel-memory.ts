/*
 * Large operands of products are copied into the memory of the kernels, once. That memory never shrinks, so that what it
 * has grown to says what was in it at most. It is made when it is first needed: after this module is loaded.
 */
const memories: WebAssembly.Memory[] = [];
const Original = WebAssembly.Memory;
WebAssembly.Memory = class extends Original {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    super(descriptor);
    memories.push(this);
  }
};

/** Bytes of all memories of WebAssembly. */
export const kernelBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
