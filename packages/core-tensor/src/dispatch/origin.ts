/** Where a transformation comes from: what the user called, and in which line. */
export interface Origin {
  /** `grad`, `vmap`, ... */
  readonly name: string;
  /** `file:line:column` of the call; undefined where the engine gives no stack. */
  readonly place: () => string | undefined;
}

interface StackHolder {
  readonly stack?: string;
}

/** V8's way to leave frames out; other engines have their own, or none. */
type CaptureStackTrace = (holder: object, upTo: unknown) => void;

/** Frames of our own code: as sources, as built here, and as installed. */
const OWN =
  /[\\/]@cotangent[\\/]|[\\/]packages[\\/](core-tensor|autodiff|linsolve|implicit|solvers)[\\/](src|dist)[\\/]/;

/** The `file:line:column` of a frame: `at f (place)` and `at place` in V8, `f@place` in the other engines. */
const PLACE = /^(?:at (?:.*\(|async )?|[^@]*@)(.+:\d+:\d+)\)?$/;

/** Frames of our own that may be between an error and the user's code. */
const FAR = 200;

/**
 * The origin of a transformation: called first thing in the public function that the user calls, and given that function.
 * It takes the stack, which costs one or two microseconds, and writes it out only when an error asks for the place.
 *
 * @example
 * ```ts
 * const twice = (f: (x: Tensor) => Tensor, x: Tensor) => {
 *   const origin = originOf("twice", twice); // told in errors: where the user called it
 *   return withTrace((level) => new JvpTrace(level, origin), (trace) => trace.primalOf(f(f(x))));
 * };
 * twice((x) => x.square(), tensor(3)); // => 81
 * ```
 */
export function originOf(name: string, callee: unknown): Origin {
  const holder = stackAbove(callee);
  return { name, place: () => placeIn(holder.stack ?? "") };
}

/**
 * The `file:line:column` of the user's code that runs now, for an error: it may be far up, behind more of our own frames than
 * V8 keeps.
 *
 * @example
 * ```ts
 * placeOfUser() === undefined; // => false
 * ```
 */
export function placeOfUser(): string | undefined {
  const { stackTraceLimit } = Error as { stackTraceLimit?: number };
  // Where `Error` is frozen this changes nothing.
  Reflect.set(Error, "stackTraceLimit", FAR);
  const { stack } = stackAbove(placeOfUser);
  Reflect.set(Error, "stackTraceLimit", stackTraceLimit);
  return placeIn(stack ?? "");
}

/**
 * `grad, called at file:line:column`, for messages.
 *
 * @example
 * ```ts
 * formatOrigin({ name: "grad", place: () => "fit.ts:12:5" }); // => "grad, called at fit.ts:12:5"
 * ```
 */
export function formatOrigin({ name, place }: Origin): string {
  const at = place();
  return at === undefined ? name : `${name}, called at ${at}`;
}

function stackAbove(callee: unknown): StackHolder {
  const { captureStackTrace } = Error as { captureStackTrace?: CaptureStackTrace };
  if (captureStackTrace === undefined) return new Error();
  const holder: StackHolder = {};
  captureStackTrace(holder, callee);
  return holder;
}

/** The first frame that is not ours; in a bundle, where ours look like any other, the first one. */
function placeIn(stack: string): string | undefined {
  const places = stack.split("\n").flatMap((line) => PLACE.exec(line.trim())?.[1] ?? []);
  return places.find((place) => !OWN.test(place)) ?? places[0];
}
