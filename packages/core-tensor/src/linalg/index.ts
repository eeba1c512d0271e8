export * from "../ops/linalg/index.js";
