const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Where a logarithmic axis has its ticks: the powers of ten between two positive numbers, both ends included. */
export function powersBetween(low: number, high: number, most = 12): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const powers: number[] = [];
  for (let exponent = first; exponent <= last; exponent += every) powers.push(Number(`1e${exponent}`));
  return powers;
}

/** The largest power of ten that is not above x. */
export const powerBelow = (x: number): number => Number(`1e${Math.floor(Math.log10(x) + 1e-9)}`);

/** The smallest power of ten that is not below x. */
export const powerAbove = (x: number): number => Number(`1e${Math.ceil(Math.log10(x) - 1e-9)}`);

/** 10⁻⁴; numbers from 0.001 to 100 as they are. */
export function formatTick(power: number): string {
  if (power >= 0.0009 && power <= 101) return String(power);
  const exponent = String(Math.round(Math.log10(power)));
  const raised = exponent.replaceAll(/./g, (sign) =>
    sign === "-" ? "⁻" : superscripts.charAt(Number(sign)),
  );
  return `10${raised}`;
}
