import { jest } from "@jest/globals";
import "./linalg-laws.test.js";

jest.setTimeout(120_000);
