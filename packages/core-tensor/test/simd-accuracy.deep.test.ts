import { jest } from "@jest/globals";
import "./simd-accuracy.test.js";

jest.setTimeout(120_000);
