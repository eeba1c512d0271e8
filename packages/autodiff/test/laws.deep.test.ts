import { jest } from "@jest/globals";
import "./laws.test.js";

jest.setTimeout(120_000);
