/** An array of jax-js. Every use consumes it; `ref` is one more reference. */
interface JaxJsArray {
  readonly ref: JaxJsArray;
  mul(other: JaxJsArray | number): JaxJsArray;
  sub(other: JaxJsArray | number): JaxJsArray;
  dispose(): void;
  dataSync(): ArrayLike<number>;
}

/** The part of jax-js that the benchmarks use. */
export interface JaxJs {
  readonly numpy: {
    readonly float32: string;
    readonly float64: string;
    array(data: ArrayLike<number>, options: { dtype: string; shape?: readonly number[] }): JaxJsArray;
    matmul(a: JaxJsArray, b: JaxJsArray): JaxJsArray;
    sin(x: JaxJsArray): JaxJsArray;
    exp(x: JaxJsArray): JaxJsArray;
    sum(x: JaxJsArray): JaxJsArray;
  };
  jit(f: (x: JaxJsArray) => JaxJsArray): (x: JaxJsArray) => JaxJsArray;
  valueAndGrad(f: (x: JaxJsArray) => JaxJsArray): (x: JaxJsArray) => [JaxJsArray, JaxJsArray];
}

/** A tensor of TensorFlow.js. */
interface TensorFlowTensor {
  dataSync(): ArrayLike<number>;
}

/** The part of TensorFlow.js that the benchmarks use. */
export interface TensorFlow {
  tensor1d(data: ArrayLike<number>): TensorFlowTensor;
  tensor2d(data: ArrayLike<number>, shape: [number, number]): TensorFlowTensor;
  sin(x: TensorFlowTensor): TensorFlowTensor;
  exp(x: TensorFlowTensor): TensorFlowTensor;
  mul(a: TensorFlowTensor, b: TensorFlowTensor): TensorFlowTensor;
  sum(x: TensorFlowTensor): TensorFlowTensor;
  matMul(a: TensorFlowTensor, b: TensorFlowTensor): TensorFlowTensor;
  valueAndGrad(f: (x: TensorFlowTensor) => TensorFlowTensor): (x: TensorFlowTensor) => unknown;
  tidy<T>(body: () => T): T;
}

interface Loader {
  readonly loadJaxJs: () => Promise<{ jax: JaxJs; version: string }>;
  readonly loadTensorFlow: () => Promise<{ tf: TensorFlow; version: string }>;
}

const loader = new URL("../peers/javascript/load.mjs", import.meta.url).href;

/** The JavaScript peers that are installed; `said` tells of each which version it is, or why it is skipped. */
export async function javascriptPeers(): Promise<{ jaxJs?: JaxJs; tf?: TensorFlow; said: string[] }> {
  const { loadJaxJs, loadTensorFlow } = (await import(loader)) as Loader;
  const [jaxJs, tensorFlow] = await Promise.allSettled([loadJaxJs(), loadTensorFlow()]);
  const why = (reason: unknown): string => String(reason).split("\n")[0]!;
  return {
    ...(jaxJs.status === "fulfilled" && { jaxJs: jaxJs.value.jax }),
    ...(tensorFlow.status === "fulfilled" && { tf: tensorFlow.value.tf }),
    said: [
      jaxJs.status === "fulfilled"
        ? `jax-js: ${jaxJs.value.version} (WebAssembly)`
        : `jax-js: skipped, ${why(jaxJs.reason)}`,
      tensorFlow.status === "fulfilled"
        ? `TensorFlow.js: ${tensorFlow.value.version} (JavaScript)`
        : `TensorFlow.js: skipped, ${why(tensorFlow.reason)}`,
    ],
  };
}
