// The tests of vector-loops.test.ts on more random kernels.
import "./vector-loops.test.js";
