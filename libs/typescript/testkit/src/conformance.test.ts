import { describe, it } from "vitest";
import { defineTestkitSuite } from "./define-suite.js";
import { toyIntegration, tracedToy } from "./testing/traced-toy.js";

defineTestkitSuite(toyIntegration(tracedToy), { describe, it });
