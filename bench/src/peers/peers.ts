import { javascriptPeers, type JaxJs, type TensorFlow } from "./javascript.js";
import { PythonPeer } from "./python.js";

/** Who is there to be compared with. */
export interface Peers {
  readonly jax?: PythonPeer;
  readonly jaxJs?: JaxJs;
  readonly tf?: TensorFlow;
  /** A line for each: its version, or why it is skipped. */
  readonly said: readonly string[];
}

export async function findPeers(): Promise<Peers> {
  const { said, ...javascript } = await javascriptPeers();
  const python = await PythonPeer.start();
  if (typeof python === "string") return { ...javascript, said: [...said, python] };
  return { ...javascript, jax: python, said: [...said, python.versions] };
}
