import { erf } from "./functions/erf";
import { exp } from "./functions/exp";
import { expFours } from "./functions/exp-four";
import { fillTable } from "./functions/exp-table";
import { log } from "./functions/log";
import { Elementwise, map32, map64 } from "./functions/map";
import { sigmoid, softplus, tanh } from "./functions/sigmoidal";
import { sine } from "./functions/trigonometric";

fillTable();

/*
 * y[i] = f(x[i]) for n elements; x and y may be the same.
 */

class Exp extends Elementwise {
  of(x: v128): v128 {
    return exp(x);
  }
}

class Log extends Elementwise {
  of(x: v128): v128 {
    return log(x);
  }
}

class Sin extends Elementwise {
  of(x: v128): v128 {
    return sine(x, 0);
  }
}

class Cos extends Elementwise {
  of(x: v128): v128 {
    return sine(x, 1);
  }
}

class Tanh extends Elementwise {
  of(x: v128): v128 {
    return tanh(x);
  }
}

class Sigmoid extends Elementwise {
  of(x: v128): v128 {
    return sigmoid(x);
  }
}

class Softplus extends Elementwise {
  of(x: v128): v128 {
    return softplus(x);
  }
}

class Sqrt extends Elementwise {
  of(x: v128): v128 {
    return f64x2.sqrt(x);
  }
}

class Erf extends Elementwise {
  of(x: v128): v128 {
    return erf(x);
  }
}

export function exp64(n: usize, x: usize, y: usize): void {
  const fours = n & ~7;
  expFours(fours, x, y);
  map64<Exp>(n - fours, x + fours * 8, y + fours * 8);
}

export function exp32(n: usize, x: usize, y: usize): void {
  map32<Exp>(n, x, y);
}

export function log64(n: usize, x: usize, y: usize): void {
  map64<Log>(n, x, y);
}

export function log32(n: usize, x: usize, y: usize): void {
  map32<Log>(n, x, y);
}

export function sin64(n: usize, x: usize, y: usize): void {
  map64<Sin>(n, x, y);
}

export function sin32(n: usize, x: usize, y: usize): void {
  map32<Sin>(n, x, y);
}

export function cos64(n: usize, x: usize, y: usize): void {
  map64<Cos>(n, x, y);
}

export function cos32(n: usize, x: usize, y: usize): void {
  map32<Cos>(n, x, y);
}

export function tanh64(n: usize, x: usize, y: usize): void {
  map64<Tanh>(n, x, y);
}

export function tanh32(n: usize, x: usize, y: usize): void {
  map32<Tanh>(n, x, y);
}

export function sigmoid64(n: usize, x: usize, y: usize): void {
  map64<Sigmoid>(n, x, y);
}

export function sigmoid32(n: usize, x: usize, y: usize): void {
  map32<Sigmoid>(n, x, y);
}

export function softplus64(n: usize, x: usize, y: usize): void {
  map64<Softplus>(n, x, y);
}

export function softplus32(n: usize, x: usize, y: usize): void {
  map32<Softplus>(n, x, y);
}

export function sqrt64(n: usize, x: usize, y: usize): void {
  map64<Sqrt>(n, x, y);
}

export function sqrt32(n: usize, x: usize, y: usize): void {
  map32<Sqrt>(n, x, y);
}

export function erf64(n: usize, x: usize, y: usize): void {
  map64<Erf>(n, x, y);
}

export function erf32(n: usize, x: usize, y: usize): void {
  map32<Erf>(n, x, y);
}

export { largest32, largest64 } from "./functions/largest";
