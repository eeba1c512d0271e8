import values from "./fixtures/implicit-derivatives.json" with { type: "json" };

/** Reference solutions and derivatives; their origin is told in fixtures/README.md. */
export const fixtures = values;
