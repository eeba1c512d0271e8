import { jest } from "@jest/globals";
import "./batch-laws.test.js";

jest.setTimeout(120_000);
