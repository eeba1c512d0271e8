import { DeviceError } from "./device-error.js";
import type { Device } from "./device.js";

/*
 * A reduction with an indexed read, a loop bounded by a constant, an integer quotient and an elementary function: a
 * back-end that gets this right can run our kernels.
 */
const kernel = {
  name: "probe",
  source: `function(x) {
  const row = Math.floor((this.thread.x + 0.5) / this.constants.columns);
  let total = 0;
  for (let k = 0; k < this.constants.columns; k++) {
    total += x[row * this.constants.columns + k];
  }
  return total + Math.exp(x[this.thread.x]);
}`,
};

/** Runs one kernel whose result is known. Throws if the device cannot run it, ran it elsewhere, or got it wrong. */
export async function probe(device: Device): Promise<void> {
  const x = Float32Array.of(0.5, -1, 2, 0.25, 1, -3);
  const columns = 3;
  const got = await device.run(kernel, [x], { columns }, x.length);
  x.forEach((value, i) => {
    const row = Math.floor(i / columns);
    const total = x.subarray(row * columns, (row + 1) * columns).reduce((sum, entry) => sum + entry, 0);
    const want = total + Math.exp(value);
    // Written so that a NaN fails.
    if (!(Math.abs(got[i]! - want) <= 1e-4 * Math.abs(want))) {
      throw new DeviceError(`${device.backend} computes ${got[i]} where ${want} is right`);
    }
  });
}
