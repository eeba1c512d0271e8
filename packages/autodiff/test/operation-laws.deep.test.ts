import { jest } from "@jest/globals";
import "./operation-laws.test.js";

jest.setTimeout(120_000);
