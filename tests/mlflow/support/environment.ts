/** What `npm run test:mlflow` has started for the tests. */
export interface TestEnvironment {
  /** Base URL of the tracking server. */
  readonly trackingUri: string;
  /** Base URL of the service that runs the Python client. */
  readonly pythonPeer: string;
  /** A Python that has MLflow. */
  readonly python: string;
  /** A folder for what a test leaves; it is deleted at the end. */
  readonly folder: string;
}

/** @throws Error outside of `npm run test:mlflow` */
export function testEnvironment(): TestEnvironment {
  return {
    trackingUri: variable("TRACEBOOK_MLFLOW_URI"),
    pythonPeer: variable("TRACEBOOK_MLFLOW_PEER"),
    python: variable("TRACEBOOK_MLFLOW_PYTHON"),
    folder: variable("TRACEBOOK_MLFLOW_FOLDER"),
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: these tests are run by npm run test:mlflow.`);
}
