import { CotangentError } from "../errors/index.js";

/**
 * A device that is not there, or a kernel that it could not run as asked. Its code is `DEVICE`.
 *
 * A result is never silently computed elsewhere: where gpu.js falls back to another back-end, this is thrown.
 */
export class DeviceError extends CotangentError {
  override readonly name: string = "DeviceError";

  constructor(message: string) {
    super("DEVICE", message);
  }
}

/** The first line of whatever was thrown: gpu.js appends whole shaders to its messages. */
export function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split("\n").slice(0, 2).join(" ").trim();
}
